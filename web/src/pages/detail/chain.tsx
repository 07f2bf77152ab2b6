import { Alert, Card, Descriptions, Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { useExecution } from '../../api/queries.js';
import { decimalOf, formatDecimal, formatFraction, formatPrice, formatQuantity } from '../../format/decimal.js';
import { Analysis } from '../../parts/analysis.js';
import { Money, MoneyChange, Time } from '../../parts/figures.js';
import { SignalTag } from '../../parts/instance-tags.js';
import { failureWords, knownWords } from '../../parts/known-words.js';
import { QueryState } from '../../parts/query-state.js';
import { Reasons } from '../../parts/reasons.js';

type Execution = Schemas['ExecutionDetailView'];

/** A decision in full: agents, conviction, signal, order, fills. */
export function Chain({ id, executionId }: { readonly id: string; readonly executionId: string }) {
  const query = useExecution(id, executionId);
  return <QueryState query={query}>{(execution) => <Steps execution={execution} />}</QueryState>;
}

function Steps({ execution }: { readonly execution: Execution }) {
  const { t } = useTranslation();
  const { order, analyses, reasons } = execution;
  return (
    <Flex vertical gap={16} tabIndex={0}>
      <Time at={execution.executed_at} />
      <Card size="small" title={`1 · ${t('chain.agents')}`}>
        <Flex vertical gap={12}>
          {analyses.map((analysis) => (
            <Analysis key={analysis.agent_name} analysis={analysis} asOf={execution.executed_at} />
          ))}
        </Flex>
      </Card>
      <Card size="small" title={`2 · ${t('chain.decision')}`}>
        <Flex vertical gap={12}>
          {execution.error && <Tag color="red">{failureWords(t, execution.error)}</Tag>}
          <Decision execution={execution} />
          <Reasons reasons={reasons} />
        </Flex>
      </Card>
      <Card size="small" title={`3 · ${t('chain.order')}`}>
        {order ? <Order order={order} /> : <span className="muted">{t('chain.noOrder')}</span>}
      </Card>
    </Flex>
  );
}

function Decision({ execution }: { readonly execution: Execution }) {
  const { t } = useTranslation();
  const breaker = execution.reasons.some(({ code }) => code === 'circuit_breaker');
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2 }}
      items={[
        { key: 'conviction', label: t('field.conviction'), children: points(execution.conviction_score) },
        { key: 'signal', label: t('field.signal'), children: <SignalTag signal={execution.signal} /> },
        ...distancesOf(execution).map(([name, value]) => ({
          key: name,
          label: t(`field.${name}`),
          // A distance of 0 would be misleading while the breaker blocks.
          children: name === 'distanceToBuy' && breaker ? t('chain.breaker') : points(value),
        })),
        ...(typeof execution.position_size === 'number'
          ? [{ key: 'size', label: t('field.size'), children: formatFraction(execution.position_size) }]
          : []),
        ...(typeof execution.params_version === 'number'
          ? [{ key: 'params', label: t('field.paramsVersion'), children: execution.params_version }]
          : []),
      ]}
    />
  );
}

function Order({ order }: { readonly order: NonNullable<Execution['order']> }) {
  const { t } = useTranslation();
  /** Omits values that are missing: profit of a buy, amounts for the public. */
  const known = (
    value: string | null | undefined,
    name: 'quantity' | 'notional' | 'fee' | 'profit',
    show: (value: string) => React.ReactNode,
  ) => (value ? [{ key: name, label: t(`field.${name}`), children: show(value) }] : []);
  return (
    <Flex vertical gap={12}>
      <Flex gap={6} align="center" wrap>
        <SignalTag signal={order.side} />
        <span>
          {quantityOf(order)} {order.symbol} · {t(`mode.${order.mode}`)} ·{' '}
          {knownWords(t, 'orderStatus', order.status) ?? order.status}
        </span>
      </Flex>
      {order.error && <Alert type="error" title={messageOf(order.error)} />}
      {order.fills.map((fill) => (
        <Descriptions
          key={fill.id}
          size="small"
          column={{ xs: 1, sm: 2 }}
          title={t('chain.fill')}
          items={[
            { key: 'price', label: t('field.price'), children: formatPrice(fill.price) },
            ...known(fill.quantity, 'quantity', (quantity) => formatQuantity(quantity)),
            ...known(fill.notional, 'notional', (value) => <Money value={value} asset={fill.fee_asset} />),
            ...known(fill.fee, 'fee', (value) => <Money value={value} asset={fill.fee_asset} />),
            ...known(fill.realized_pnl, 'profit', (value) => <MoneyChange value={value} asset={fill.fee_asset} />),
            { key: 'time', label: t('field.time'), children: <Time at={fill.executed_at} /> },
          ]}
        />
      ))}
    </Flex>
  );
}

/** Of an order that was filled in part: both quantities. The public sees none. */
function quantityOf({ status, quantity, filled_quantity: filled }: NonNullable<Execution['order']>): string {
  if (!quantity) return '';
  return status === 'partially_filled' && filled
    ? `${formatQuantity(filled)} / ${formatQuantity(quantity)}`
    : formatQuantity(quantity);
}

/** Empty for decision agents without conviction thresholds. */
function distancesOf({ distance_to_buy, distance_to_sell }: Execution) {
  const both = [
    ['distanceToBuy', distance_to_buy],
    ['distanceToSell', distance_to_sell],
  ] as const;
  return both.filter(([, value]) => value !== null && value !== undefined);
}

/** The message of the venue, else the error as JSON. */
function messageOf(error: object): string {
  const { message } = error as { message?: unknown };
  return typeof message === 'string' ? message : JSON.stringify(error);
}

function points(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatDecimal(decimalOf(value), { places: 2 });
}
