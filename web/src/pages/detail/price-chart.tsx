import { Empty, Flex } from 'antd';
import {
  CandlestickSeries,
  createSeriesMarkers,
  LineSeries,
  type IChartApi,
  type ISeriesApi,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { useCandles, useTradesSince } from '../../api/queries.js';
import { chartTime } from '../../format/time.js';
import { AMOUNTS, ChartFrame, type Draw } from '../../parts/chart-frame.js';
import { onePerSecond } from '../../parts/chart-points.js';
import { knownWords } from '../../parts/known-words.js';
import { useRiseColours } from '../../settings/rise-colours.js';
import { useSettings } from '../../settings/settings-context.js';
import { useDark } from '../../settings/theme.js';
import { priceCurve, type Snapshot } from './curves.js';
import { intervalOf, type Span } from './span.js';
import { exitOf, tradeMarks } from './trade-marks.js';

const NO_TRADES: readonly Schemas['TradeView'][] = [];
const NO_CANDLES: readonly Schemas['CandleView'][] = [];

interface Props {
  readonly instance: Schemas['InstanceView'];
  readonly points: readonly Snapshot[];
  readonly span: Span;
  /** Same range as the points. */
  readonly from: string | null;
  /** Text without data. */
  readonly nothing: string;
}

/**
 * The market with the trades of the strategy: arrows up are buys, arrows down sells, squares automatic exits. Draws
 * candles, or the valuation prices where the source has no candles.
 */
export function PriceChart({ instance, points, span, from, nothing }: Props) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const { up, down } = useRiseColours();
  const color = useDark() ? '#7aa2ff' : '#1d4ed8';
  const trades = useTradesSince(instance.id, from).data?.items ?? NO_TRADES;
  const { trade_symbol: symbol, trade_channel: channel } = instance.definition;
  const candles = useCandles({ symbol, channel, interval: intervalOf(span), from }).data?.items ?? NO_CANDLES;
  const curve = priceCurve(points);
  if (candles.length < 2 && curve.length < 2) return <Empty description={nothing} style={{ padding: 48 }} />;
  const draw: Draw = (chart) => {
    const drawn =
      candles.length < 2
        ? addLine(chart, onePerSecond(curve, settings.zone), color)
        : addCandles(
            chart,
            candles.map((candle) => barOf(candle, chartTime(candle.opened_at, settings.zone))),
            { up, down },
          );
    const made = trades.map(({ executed_at, trade_type, reason }) => ({
      time: chartTime(executed_at, settings.zone),
      buys: trade_type === 'BUY',
      exit: exitOf(reason),
    }));
    const marks = tradeMarks(made, drawn.times).map(({ time, buys, exit, count }) => ({
      time: time as UTCTimestamp,
      position: buys ? ('belowBar' as const) : ('aboveBar' as const),
      shape: exit ? ('square' as const) : buys ? ('arrowUp' as const) : ('arrowDown' as const),
      color: buys ? up : down,
      text: [exit && knownWords(t, 'reasonName', exit), count > 1 && `×${count}`].filter(Boolean).join(' '),
    }));
    createSeriesMarkers(drawn.series, marks);
    // Room for the text at the last bar.
    chart.timeScale().applyOptions({ rightOffset: 2 });
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
        {trades.some(({ reason }) => exitOf(reason)) && (
          <span>
            <b aria-hidden="true">■</b> {t('detail.exits')}
          </span>
        )}
      </Flex>
      <ChartFrame
        draw={draw}
        shown={span}
        label={t('detail.price')}
        watch={[points, candles, trades, settings.zone, up, down, color, t]}
      />
    </Flex>
  );
}

type Line = ReturnType<typeof onePerSecond>;
type Bar = ReturnType<typeof barOf>;
interface Drawn {
  readonly series: ISeriesApi<'Line'> | ISeriesApi<'Candlestick'>;
  readonly times: readonly number[];
}

function addLine(chart: IChartApi, line: Line, color: string): Drawn {
  const series = chart.addSeries(LineSeries, {
    color,
    lineWidth: 2,
    priceLineVisible: false,
    priceFormat: AMOUNTS,
  });
  series.setData(line);
  return { series, times: line.map(({ time }) => time) };
}

function addCandles(chart: IChartApi, bars: readonly Bar[], { up, down }: { up: string; down: string }): Drawn {
  const series = chart.addSeries(CandlestickSeries, {
    upColor: up,
    wickUpColor: up,
    downColor: down,
    wickDownColor: down,
    borderVisible: false,
    priceLineVisible: false,
    priceFormat: AMOUNTS,
  });
  series.setData([...bars]);
  return { series, times: bars.map(({ time }) => time) };
}

/** Floats are precise enough for drawing; never shown as figures. */
function barOf({ open, high, low, close }: Schemas['CandleView'], time: number) {
  return {
    time: time as UTCTimestamp,
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
  };
}
