import { Card, Col, Flex, Row, Skeleton, Tag, Typography } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { useConvictions, useDefinitions, useRuns } from '../../api/queries.js';
import { decimalOf, formatDecimal, formatPercent, formatPrice } from '../../format/decimal.js';
import { useMe } from '../../layout/profile-context.js';
import { observed, runFailureOf } from '../../params/current-market.js';
import { RunFailure } from '../../parts/instance-tags.js';
import { Analysis } from '../../parts/analysis.js';
import { Time } from '../../parts/figures.js';
import { MarketBanner } from '../../parts/market-banner.js';
import { Page } from '../../parts/page.js';
import { QueryState } from '../../parts/query-state.js';
import { Select } from '../../parts/select.js';
import { NotFoundPage } from '../not-found-page.js';

const ConvictionChart = lazy(async () => ({ default: (await import('./conviction-chart.js')).ConvictionChart }));
const ScoresChart = lazy(async () => ({ default: (await import('./scores-chart.js')).ScoresChart }));
const SHOWN_RUNS = 100;

/** Analyses of a template's market, now and over its last runs. */
export function MarketPage() {
  const { t } = useTranslation();
  const { trades } = useMe();
  const definitions = useDefinitions({ enabled: trades });
  const [search, setSearch] = useSearchParams();
  if (!trades) return <NotFoundPage />;
  return (
    <QueryState query={definitions}>
      {({ items }) => {
        const chosen = items.find(({ id }) => String(id) === search.get('template')) ?? items[0];
        const select = (
          <Select
            aria-label={t('field.template')}
            value={chosen?.id ?? null}
            options={items.map(({ id, display_name }) => ({ value: id, label: display_name }))}
            onChange={(id: number | null) => setSearch({ template: String(id) }, { replace: true })}
            style={{ minWidth: 220 }}
          />
        );
        return (
          <Page title={t('nav.market')} actions={select}>
            {chosen ? <Market template={chosen} /> : <Typography.Text>{t('create.noTemplates')}</Typography.Text>}
          </Page>
        );
      }}
    </QueryState>
  );
}

function Market({ template }: { readonly template: Schemas['DefinitionView'] }) {
  const { t } = useTranslation();
  const runs = useRuns(template.id, SHOWN_RUNS);
  return (
    <QueryState query={runs}>
      {({ items }) => {
        const latest = items.find(({ analyses }) => analyses !== null && analyses.length > 0);
        const failure = runFailureOf(items);
        if (!latest && failure) return <RunFailure failure={failure} />;
        if (!latest) return <Typography.Text type="secondary">{t('whatIf.noRun')}</Typography.Text>;
        return (
          <Flex vertical gap={16}>
            {failure && <RunFailure failure={failure} />}
            <MarketBanner market={latest.market_snapshot?.['market'] as 'simulated' | undefined} />
            <Snapshot run={latest} asset={template.quote_asset} />
            <Card title={t('market.conviction')}>
              <Conviction template={template} />
            </Card>
            <Card title={t('market.scores')}>
              <Suspense fallback={<Skeleton active style={{ height: 380 }} />}>
                <ScoresChart runs={items} />
              </Suspense>
            </Card>
            <Row gutter={[16, 16]}>
              {latest.analyses?.map((analysis) => (
                <Col key={analysis.agent_name} xs={24} xl={12}>
                  <Card style={{ height: '100%' }}>
                    <Analysis analysis={analysis} />
                  </Card>
                </Col>
              ))}
            </Row>
          </Flex>
        );
      }}
    </QueryState>
  );
}

function Conviction({ template }: { readonly template: Schemas['DefinitionView'] }) {
  const convictions = useConvictions(template.id, SHOWN_RUNS);
  return (
    <QueryState query={convictions}>
      {({ items }) => (
        <Suspense fallback={<Skeleton active style={{ height: 260 }} />}>
          <ConvictionChart convictions={items} params={template.default_params} />
        </Suspense>
      )}
    </QueryState>
  );
}

const FORMATS = {
  change_24h_percent: (value: number) => formatPercent(value),
  fear_greed: (value: number) => formatDecimal(decimalOf(value), { places: 0 }),
  dxy: (value: number) => formatDecimal(decimalOf(value), { places: 2 }),
};

function Snapshot({ run, asset }: { readonly run: Schemas['RunView']; readonly asset: string | null }) {
  const { t } = useTranslation();
  const { market_snapshot: snapshot } = run;
  const price = observed(snapshot, 'price');
  const values = (['change_24h_percent', 'fear_greed', 'dxy'] as const).flatMap((name) => {
    const value = observed(snapshot, name);
    if (typeof value !== 'number') return [];
    return [[name, FORMATS[name](value)] as const];
  });
  return (
    <Flex gap={16} wrap align="center">
      <Typography.Text strong style={{ fontSize: 22 }}>
        {typeof price === 'string' ? `${formatPrice(price)} ${asset ?? ''}` : '–'}
      </Typography.Text>
      {values.map(([name, value]) => (
        <span key={name}>
          {t('common.part', { whole: t(`input.${name}`), part: '' })}
          <b className="figure">{value}</b>
        </span>
      ))}
      <span>
        {t('common.part', { whole: t('field.lastRun'), part: '' })}
        <Time at={run.scheduled_for} /> <Tag>{t(`run.${run.status}`)}</Tag>
      </span>
    </Flex>
  );
}
