import { Alert, Flex, Tabs, Typography } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { useStrategy } from '../../api/queries.js';
import { formatQuantity } from '../../format/decimal.js';
import { useMe } from '../../layout/profile-context.js';
import { useMayChange, useMayStop } from '../../parts/actions/may-change.js';
import { PauseButton } from '../../parts/actions/pause-button.js';
import { StopButton } from '../../parts/actions/stop-button.js';
import { knownWords } from '../../parts/known-words.js';
import { ModeTag, RunFailure, StateTag } from '../../parts/instance-tags.js';
import { MarketBanner } from '../../parts/market-banner.js';
import { Page } from '../../parts/page.js';
import { QueryState } from '../../parts/query-state.js';
import { Executions } from './executions.js';
import { Exits } from './exits.js';
import { Ledger } from './ledger.js';
import { Overview } from './overview.js';
import { ParamsHistory } from './params-history.js';
import { RenameButton } from './rename-button.js';
import { RestartButton } from './restart-button.js';
import { Trades } from './trades.js';
import { Tune } from './tune.js';

export function DetailPage() {
  const { id = '' } = useParams();
  return <QueryState query={useStrategy(id)}>{(instance) => <Detail instance={instance} />}</QueryState>;
}

function Detail({ instance }: { readonly instance: Schemas['InstanceView'] }) {
  const { t } = useTranslation();
  const me = useMe();
  const mayChange = useMayChange(instance);
  const mayStop = useMayStop(instance);
  const [search, setSearch] = useSearchParams();
  const isOwn = me.isAdmin || instance.user.id === me.id;
  const tabs = [
    { key: 'overview', label: t('detail.overview'), children: <Overview instance={instance} /> },
    { key: 'executions', label: t('detail.executions'), children: <Executions id={instance.id} /> },
    { key: 'trades', label: t('detail.trades'), children: <Trades id={instance.id} /> },
    { key: 'exits', label: t('detail.exits'), children: <Exits id={instance.id} /> },
    ...(isOwn ? [{ key: 'ledger', label: t('detail.ledger'), children: <Ledger id={instance.id} /> }] : []),
    ...(isOwn && me.trades
      ? [{ key: 'params', label: t('detail.params'), children: <ParamsHistory id={instance.id} /> }]
      : []),
    ...(mayChange ? [{ key: 'tune', label: t('action.tune'), children: <Tune instance={instance} /> }] : []),
  ];
  const wanted = search.get('tab');
  const mayRestart = instance.archived_at !== null && me.trades && instance.user.id === me.id;
  const actions = (
    <>
      {mayChange && <RenameButton instance={instance} />}
      {mayChange && <PauseButton instance={instance} />}
      {mayStop && <StopButton instance={instance} />}
      {mayRestart && <RestartButton instance={instance} />}
    </>
  );
  return (
    <Page title={instance.instance_name} actions={actions}>
      <Flex vertical gap={12} className={instance.trading_mode === 'live' ? 'live-mode' : ''}>
        <Flex gap={8} align="center" wrap>
          <ModeTag mode={instance.trading_mode} />
          <StateTag instance={instance} />
          <Typography.Text type="secondary">
            {instance.definition.display_name} · {instance.definition.trade_symbol}
            {instance.user.full_name ? ` · ${instance.user.full_name}` : ''}
          </Typography.Text>
        </Flex>
        {instance.instance_description !== '' && <Typography.Text>{instance.instance_description}</Typography.Text>}
        <MarketBanner market={instance.market_data?.market} />
        {instance.is_active && instance.run_failure && <RunFailure failure={instance.run_failure} />}
        {instance.is_active && !instance.definition.is_active && (
          <Alert type="warning" showIcon title={t('state.templateOffHelp')} />
        )}
        {instance.warnings?.map((warning) => (
          <Alert key={warning.code} type="warning" showIcon title={warningWords(t, warning)} />
        ))}
      </Flex>
      <Tabs
        items={tabs}
        activeKey={tabs.some(({ key }) => key === wanted) && wanted ? wanted : 'overview'}
        onChange={(tab) => setSearch(tab === 'overview' ? {} : { tab }, { replace: true })}
        destroyOnHidden
      />
    </Page>
  );
}

function warningWords(
  t: TFunction,
  { code, message, smallest_order, minimum_notional, asset }: Schemas['WarningView'],
) {
  const values = {
    smallest: `${formatQuantity(smallest_order)} ${asset}`,
    minimum: `${formatQuantity(minimum_notional)} ${asset}`,
  };
  return knownWords(t, 'warning', code, values) ?? message;
}
