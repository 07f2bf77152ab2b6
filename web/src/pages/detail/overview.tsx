import { Card, Col, Descriptions, Flex, Row, Segmented, Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { useSnapshots } from '../../api/queries.js';
import { decimalOf, formatDecimal } from '../../format/decimal.js';
import { Money, MoneyChange, PercentChange, Time } from '../../parts/figures.js';
import { SignalTag } from '../../parts/instance-tags.js';
import { QueryState } from '../../parts/query-state.js';
import { withPresent } from './curves.js';
import { MonthlyReturns, Performance } from './performance.js';
import { Positions } from './positions.js';
import { startOf, type Span } from './span.js';

const PriceChart = lazy(async () => ({ default: (await import('./price-chart.js')).PriceChart }));
const ValueChart = lazy(async () => ({ default: (await import('./value-chart.js')).ValueChart }));
type Curve = 'value' | 'price';
const CURVES: readonly Curve[] = ['value', 'price'];
const SPANS: readonly Span[] = ['day', 'week', 'month', 'all'];

export function Overview({ instance }: { readonly instance: Schemas['InstanceView'] }) {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>('day');
  const [curve, setCurve] = useState<Curve>('value');
  // A new start time per render would cause a request every second.
  const from = useMemo(() => startOf(span, new Date()), [span]);
  const snapshots = useSnapshots(instance.id, from);
  const asset = instance.definition.quote_asset;
  // Keeps its identity until a value changes.
  const present = useMemo(() => ({ instance, readAt: new Date().toISOString() }), [instance]);
  const points = useMemo(
    () => snapshots.data && withPresent(snapshots.data, present.instance, present.readAt),
    [snapshots.data, present],
  );
  const nothing = t('detail.noCurve');
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} xl={16}>
        <Flex vertical gap={16}>
          <Card>
            <Flex wrap gap={8} justify="space-between" style={{ marginBottom: 16 }}>
              <Segmented<Curve>
                aria-label={t('detail.curve')}
                value={curve}
                onChange={setCurve}
                options={CURVES.map((value) => ({ value, label: t(`detail.${value}`) }))}
              />
              <Segmented<Span>
                aria-label={t('detail.span')}
                value={span}
                onChange={setSpan}
                options={SPANS.map((value) => ({ value, label: t(`period.${value}`) }))}
              />
            </Flex>
            <QueryState query={{ ...snapshots, data: points }}>
              {(known) => (
                <Suspense fallback={<Skeleton active style={{ height: 360 }} />}>
                  {curve === 'value' ? (
                    <ValueChart points={known} span={span} asset={asset} nothing={nothing} />
                  ) : (
                    <PriceChart {...{ instance, points: known, span, from, nothing }} />
                  )}
                </Suspense>
              )}
            </QueryState>
          </Card>
          <Card title={t('detail.positions')}>
            <Positions positions={instance.positions} asset={asset} />
          </Card>
          <Card title={t('performance.months')}>
            <MonthlyReturns id={instance.id} />
          </Card>
        </Flex>
      </Col>
      <Col xs={24} xl={8}>
        <Flex vertical gap={16}>
          <Card title={t('detail.figures')}>
            <Figures instance={instance} />
          </Card>
          <Card title={t('detail.performance')}>
            <Performance id={instance.id} asset={asset} />
          </Card>
        </Flex>
      </Col>
    </Row>
  );
}

type Figure = [name: string, value: React.ReactNode];

function Figures({ instance }: { readonly instance: Schemas['InstanceView'] }) {
  const { t } = useTranslation();
  const asset = instance.definition.quote_asset;
  const conviction = instance.last_conviction_score;
  const rows: Figure[] = [
    [t('field.value'), <Money value={instance.total_value} asset={asset} />],
    [t('field.profit'), <MoneyChange value={instance.total_pnl} asset={asset} />],
    [t('field.totalReturn'), <PercentChange value={instance.total_pnl_percent} />],
    // Hidden from the public.
    ...(instance.current_balance === undefined
      ? []
      : [[t('field.cash'), <Money value={instance.current_balance} asset={asset} />] satisfies Figure]),
    [t('field.funds'), <Money value={instance.initial_balance} asset={asset} />],
    [
      t('field.trades'),
      t('detail.tradesOf', {
        total: instance.total_trades,
        won: instance.winning_trades,
        lost: instance.losing_trades,
      }),
    ],
    [t('field.conviction'), conviction === null ? '–' : formatDecimal(decimalOf(conviction), { places: 1 })],
    [t('field.signal'), <SignalTag signal={instance.last_signal} />],
    [t('field.lastRun'), <Time at={instance.last_execution_time} />],
    [t('field.nextRun'), <Time at={instance.next_execution_time} />],
    [t('field.created'), <Time at={instance.created_at} />],
  ];
  return (
    <Descriptions column={1} size="small" items={rows.map(([label, children]) => ({ key: label, label, children }))} />
  );
}
