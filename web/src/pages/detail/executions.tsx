import { Button, Drawer, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answered, api } from '../../api/client.js';
import { useHistory } from '../../api/queries.js';
import { decimalOf, formatDecimal } from '../../format/decimal.js';
import { Time } from '../../parts/figures.js';
import { HistoryTable } from '../../parts/history-table.js';
import { SignalTag } from '../../parts/instance-tags.js';
import { failureWords, knownWords } from '../../parts/known-words.js';
import { Chain } from './chain.js';

/** List of decisions, with a drawer for the one whose id is in the address. */
export function Executions({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const history = useHistory(['executions', id], (cursor) =>
    answered(
      api.GET('/api/v1/strategies/{id}/executions', { params: { path: { id }, query: { limit: 50, ...cursor } } }),
    ),
  );
  const open = search.get('execution');
  const show = (execution: string | null): void =>
    setSearch(execution ? { tab: 'executions', execution } : { tab: 'executions' });
  return (
    <>
      <HistoryTable
        history={history}
        rowKey="id"
        empty={t('detail.noExecutions')}
        columns={[
          { title: t('field.time'), render: (_, { executed_at }) => <Time at={executed_at} /> },
          {
            title: t('field.conviction'),
            align: 'right',
            render: (_, { conviction_score: score }) =>
              score === null ? '–' : formatDecimal(decimalOf(score), { places: 1 }),
          },
          { title: t('field.signal'), render: (_, { signal }) => <SignalTag signal={signal} /> },
          {
            title: t('field.result'),
            render: (_, { status, should_execute }) =>
              status === 'completed' ? (
                <Tag color={should_execute ? 'blue' : 'default'}>
                  {t(should_execute ? 'result.acted' : 'result.held')}
                </Tag>
              ) : (
                <Tag color={status === 'failed' ? 'red' : 'default'}>{t(`result.${status}`)}</Tag>
              ),
          },
          {
            title: t('field.reason'),
            render: (_, { reasons, error }) =>
              error
                ? failureWords(t, error)
                : shortReasons(
                    t,
                    reasons.map(({ code }) => code),
                  ),
          },
          {
            title: t('common.actions'),
            render: (_, { id: execution }) => (
              <Button size="small" onClick={() => show(execution)}>
                {t('action.details')}
              </Button>
            ),
          },
        ]}
      />
      <Drawer
        open={open !== null}
        onClose={() => show(null)}
        title={t('chain.title')}
        size="min(720px, 100vw)"
        destroyOnHidden
      >
        {open !== null && <Chain id={id} executionId={open} />}
      </Drawer>
    </>
  );
}

/** Every decision has these two; they tell nothing in a list. */
const IN_EVERY_DECISION = new Set(['conviction', 'momentum_conviction']);

/** The last reasons decide; the first are about the inputs. */
function shortReasons(t: TFunction, codes: readonly string[]): string {
  const telling = [...new Set(codes)].filter((code) => !IN_EVERY_DECISION.has(code)).slice(-3);
  return telling.map((code) => knownWords(t, 'reasonName', code) ?? code).join(' · ');
}
