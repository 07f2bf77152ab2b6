import { Empty, Flex } from 'antd';
import { createSeriesMarkers, LineSeries, type UTCTimestamp } from 'lightweight-charts';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { useTradesSince } from '../../api/queries.js';
import { chartTime } from '../../format/time.js';
import { ChartFrame, type Draw } from '../../parts/chart-frame.js';
import { onePerSecond } from '../../parts/chart-points.js';
import { useRiseColours } from '../../settings/rise-colours.js';
import { useSettings } from '../../settings/settings-context.js';
import { useDark } from '../../settings/theme.js';
import { priceCurve, type Snapshot } from './curves.js';

const NONE: readonly Schemas['TradeView'][] = [];

interface Props {
  readonly id: string;
  readonly points: readonly Snapshot[];
  /** As the points'. */
  readonly from: string | null;
}

/** The price that the strategy was valued at, with its trades: arrows up are buys, arrows down sells. */
export function PriceChart({ id, points, from }: Props) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const { up, down } = useRiseColours();
  const color = useDark() ? '#7aa2ff' : '#1d4ed8';
  const trades = useTradesSince(id, from).data?.items ?? NONE;
  const curve = priceCurve(points);
  if (curve.length < 2) return <Empty description={t('detail.noCurve')} style={{ padding: 48 }} />;
  const draw: Draw = (chart) => {
    const series = chart.addSeries(LineSeries, { color, lineWidth: 2, priceLineVisible: false });
    series.setData(onePerSecond(curve, settings.zone));
    createSeriesMarkers(
      series,
      trades.toReversed().map((trade) => markOf(trade, chartTime(trade.executed_at, settings.zone), { up, down })),
    );
  };
  return (
    <Flex vertical gap={8}>
      <Flex gap={16} wrap>
        <span>
          <b aria-hidden="true" style={{ color: up }}>
            ▲
          </b>{' '}
          {t('signal.BUY')}
        </span>
        <span>
          <b aria-hidden="true" style={{ color: down }}>
            ▼
          </b>{' '}
          {t('signal.SELL')}
        </span>
      </Flex>
      <ChartFrame draw={draw} label={t('detail.price')} watch={[points, trades, settings.zone, up, down, color]} />
    </Flex>
  );
}

function markOf({ trade_type }: Schemas['TradeView'], time: number, { up, down }: { up: string; down: string }) {
  const buys = trade_type === 'BUY';
  return {
    time: time as UTCTimestamp,
    position: buys ? ('belowBar' as const) : ('aboveBar' as const),
    shape: buys ? ('arrowUp' as const) : ('arrowDown' as const),
    color: buys ? up : down,
  };
}
