import { theme } from 'antd';
import {
  createChart,
  type IChartApi,
  type IRange,
  type MouseEventParams,
  type PriceFormatCustom,
  type Time,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { decimalOf, formatDecimal } from '../format/decimal.js';

/** Number format of the axes, as elsewhere on the page. */
export const AMOUNTS: PriceFormatCustom = {
  type: 'custom',
  minMove: 0.01,
  formatter: (value: number) => formatDecimal(decimalOf(value), { places: 2 }),
};
export const PERCENTAGES: PriceFormatCustom = {
  type: 'custom',
  minMove: 0.01,
  formatter: (value: number) => `${formatDecimal(decimalOf(value), { places: 2 })} %`,
};

/** Adds the series; called again after each change of `watch`. */
export type Draw = (chart: IChartApi) => void;

interface Props {
  readonly draw: Draw;
  /** Accessible name. */
  readonly label: string;
  readonly watch: readonly unknown[];
  /** Identity of the content. While it stays the same, zoom and position are kept. */
  readonly shown?: string;
  readonly height?: number;
}

export function ChartFrame({ draw, label, watch, shown = '', height = 380 }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDivElement>(null);
  const view = useRef<{ readonly of: string; readonly range: IRange<Time> } | null>(null);
  const { token } = theme.useToken();
  const { colorText, colorBorderSecondary, fontFamily } = token;
  useEffect(() => {
    if (!place.current) return;
    const lines = { color: colorBorderSecondary };
    const chart = createChart(place.current, {
      autoSize: true,
      // The logo would write styles of its own, which the page's policy refuses; the line below the chart names its makers.
      layout: { attributionLogo: false, background: { color: 'transparent' }, textColor: colorText, fontFamily },
      grid: { vertLines: lines, horzLines: lines },
      timeScale: { timeVisible: true, borderColor: colorBorderSecondary },
      rightPriceScale: { borderColor: colorBorderSecondary },
      // A page that scrolls must not stop at a chart: the wheel zooms with Ctrl only, and a vertical swipe moves the page.
      handleScroll: { mouseWheel: false, vertTouchDrag: false },
      handleScale: { mouseWheel: false },
    });
    const zoomWithCtrl = ({ ctrlKey }: WheelEvent): void =>
      chart.applyOptions({ handleScale: { mouseWheel: ctrlKey } });
    place.current.addEventListener('wheel', zoomWithCtrl, { capture: true, passive: true });
    draw(chart);
    chart.subscribeCrosshairMove((event) => {
      if (legend.current) showValues(legend.current, event);
    });
    chart.timeScale().fitContent();
    const whole = chart.timeScale().getVisibleLogicalRange();
    if (view.current?.of === shown) chart.timeScale().setVisibleRange(view.current.range);
    const { current: box } = place;
    const stop = onMoved(box, () => {
      const range = chart.timeScale().getVisibleRange();
      const moved = !isSame(chart.timeScale().getVisibleLogicalRange(), whole);
      view.current = range && moved ? { of: shown, range } : null;
    });
    return () => {
      stop();
      box.removeEventListener('wheel', zoomWithCtrl, { capture: true });
      chart.remove();
    };
    // The caller lists what draw() reads.
  }, [colorText, colorBorderSecondary, fontFamily, shown, ...watch]);
  return (
    <div style={{ position: 'relative' }}>
      <div ref={legend} className="chart-legend figure" aria-hidden="true" />
      <div ref={place} role="img" aria-label={label} style={{ height }} />
      <a
        className="chart-maker"
        style={{ color: token.colorTextDescription }}
        href="https://www.tradingview.com/"
        target="_blank"
        rel="noreferrer"
      >
        TradingView Lightweight Charts™
      </a>
    </div>
  );
}

/** Writes time and value of each series at the crosshair; nothing while the crosshair is elsewhere. */
function showValues(legend: HTMLElement, { time, seriesData }: MouseEventParams): void {
  legend.replaceChildren();
  if (typeof time !== 'number') return;
  // Chart times are shifted to the reader's zone already.
  legend.append(new Date(time * 1000).toISOString().slice(0, 16).replace('T', ' '));
  for (const [series, bar] of seriesData) {
    const format = (value: number): string => series.priceFormatter().format(value);
    const { open, high, low, close, value } = bar as Partial<
      Record<'open' | 'high' | 'low' | 'close' | 'value', number>
    >;
    const text =
      value === undefined
        ? [open, high, low, close]
            .map((price, index) => `${'OHLC'[index]} ${price === undefined ? '–' : format(price)}`)
            .join('  ')
        : `● ${format(value)}`;
    const entry = document.createElement('span');
    entry.textContent = text;
    const { color, topLineColor } = series.options() as { color?: string; topLineColor?: string };
    entry.style.color = color ?? topLineColor ?? '';
    legend.append(entry);
  }
}

/** Whether two visible ranges are equal, to half a bar. */
function isSame(one: IRange<number> | null, other: IRange<number> | null): boolean {
  if (!one || !other) return true;
  return Math.abs(one.from - other.from) < 0.5 && Math.abs(one.to - other.to) < 0.5;
}

/** Calls back after a user has moved the chart by wheel, mouse or touch. @returns unsubscribe. */
function onMoved(box: HTMLElement, listener: () => void): () => void {
  const later = (): void => void requestAnimationFrame(listener);
  const events = ['wheel', 'pointerup', 'touchend'] as const;
  for (const event of events) box.addEventListener(event, later, { passive: true });
  return () => events.forEach((event) => box.removeEventListener(event, later));
}
