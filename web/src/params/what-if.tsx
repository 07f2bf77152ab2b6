import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Flex, Progress, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, type Schemas } from '../api/client.js';
import { useRuns } from '../api/queries.js';
import { decimalOf, formatDecimal, formatFraction, formatPrice, formatQuantity } from '../format/decimal.js';
import { Time } from '../parts/figures.js';
import { RunFailure, SideTag, SignalTag } from '../parts/instance-tags.js';
import { MarketBanner } from '../parts/market-banner.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Reasons } from '../parts/reasons.js';
import { currentMarketOf, runFailureOf, whatIfOf, type CurrentMarket } from './current-market.js';
import type { Params } from './fields.js';
import { SignalBar } from './signal-bar.js';
import { useSettled } from './use-settled.js';

interface Props {
  readonly definition: Pick<Schemas['DefinitionView'], 'id' | 'channel'>;
  readonly agent: Schemas['DecisionAgentView'];
  readonly params: Params;
  readonly portfolio: Schemas['EvaluationPortfolio'];
}

/** Evaluates the params in the current market, again after each change. */
export function WhatIf({ definition, agent, params, portfolio }: Props) {
  const { t } = useTranslation();
  const runs = useRuns(definition.id, 5);
  const failure = runFailureOf(runs.data?.items ?? []);
  const market = runs.data ? currentMarketOf(runs.data.items, agent.outputs_read) : null;
  return (
    <Card title={t('whatIf.title')} style={{ position: 'sticky', top: 80 }}>
      {runs.error && !runs.data && <ProblemAlert error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isLoading && <Skeleton active />}
      {failure && <RunFailure failure={failure} />}
      {runs.data && !market && !failure && <Typography.Text type="secondary">{t('whatIf.noRun')}</Typography.Text>}
      {market && <Answer agent={agent.name} channel={definition.channel} {...{ market, params, portfolio }} />}
    </Card>
  );
}

interface AnswerProps extends Pick<Props, 'params' | 'portfolio'> {
  readonly agent: string;
  /** Capabilities of the venue. */
  readonly channel: Schemas['DefinitionView']['channel'];
  readonly market: CurrentMarket;
}

function Answer({ agent, channel, market, params, portfolio }: AnswerProps) {
  const { t } = useTranslation();
  const body = useSettled(whatIfOf(market, channel, { params, portfolio }));
  const { data, error } = useQuery({
    queryKey: ['evaluate', agent, body],
    queryFn: () =>
      answered(api.POST('/api/v1/decision-agents/{class}/evaluate', { params: { path: { class: agent } }, body })),
    placeholderData: keepPreviousData,
    refetchInterval: false,
  });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <Skeleton active />;
  return (
    <Flex vertical gap={12}>
      <MarketBanner market={market.market} />
      <Flex align="center" gap={16} wrap>
        <Progress
          type="dashboard"
          size={96}
          percent={data.conviction_score ?? 0}
          format={() => points(data.conviction_score)}
          aria-label={t('field.conviction')}
        />
        <div>
          <div>{t('field.conviction')}</div>
          <SignalTag signal={data.signal} />
          {data.signal !== 'HOLD' && <span>{formatFraction(data.position_size)}</span>}
        </div>
      </Flex>
      <Descriptions
        column={1}
        size="small"
        items={[
          ...distances(data).map(([name, value]) => ({
            key: name,
            label: t(`field.${name}`),
            children: points(value),
          })),
          { key: 'risk', label: t('field.risk'), children: t(`risk.${data.risk_level}`) },
          { key: 'at', label: t('whatIf.marketOf'), children: <Time at={market.at} /> },
        ]}
      />
      {data.entry && <EntryPlan entry={data.entry} />}
      <Reasons reasons={data.reasons} />
      <SignalBar decision={data} />
    </Flex>
  );
}

function points(value: number | null): string {
  return value === null ? '–' : formatDecimal(decimalOf(value), { places: 1 });
}

/** Empty for decision agents without conviction thresholds. */
function distances({ distance_to_buy, distance_to_sell }: Schemas['DecisionView']) {
  const both = [
    ['distanceToBuy', distance_to_buy],
    ['distanceToSell', distance_to_sell],
  ] as const;
  return both.filter(([, value]) => value !== null);
}

/** A planned position with its stop and take profit. */
function EntryPlan({ entry }: { readonly entry: NonNullable<Schemas['DecisionView']['entry']> }) {
  const { t } = useTranslation();
  const { side, quantity, leverage, stop_loss, take_profit, hold_hours } = entry;
  return (
    <Descriptions
      title={t('whatIf.entry')}
      column={1}
      size="small"
      items={[
        { key: 'side', label: t('field.side'), children: <SideTag side={side} /> },
        { key: 'quantity', label: t('field.quantity'), children: formatQuantity(quantity) },
        { key: 'leverage', label: t('field.leverage'), children: `${formatDecimal(leverage, { places: 2 })} ×` },
        { key: 'stop', label: t('field.stopLoss'), children: formatPrice(stop_loss) },
        {
          key: 'target',
          label: t('field.takeProfit'),
          children: take_profit === null ? '–' : formatPrice(take_profit),
        },
        { key: 'until', label: t('field.holdUntil'), children: t('span.hour', { count: hold_hours }) },
      ]}
    />
  );
}
