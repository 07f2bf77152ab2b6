import { theme } from 'antd';
import { createChart, type IChartApi, type IRange, type PriceFormatCustom, type Time } from 'lightweight-charts';
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
  const view = useRef<{ readonly of: string; readonly range: IRange<Time> } | null>(null);
  const { token } = theme.useToken();
  const { colorText, colorBorderSecondary, fontFamily } = token;
  useEffect(() => {
    if (!place.current) return;
    const lines = { color: colorBorderSecondary };
    const chart = createChart(place.current, {
      autoSize: true,
      // The logo would write styles of its own, which the page's policy refuses; the footer names its makers instead.
      layout: { attributionLogo: false, background: { color: 'transparent' }, textColor: colorText, fontFamily },
      grid: { vertLines: lines, horzLines: lines },
      timeScale: { timeVisible: true, borderColor: colorBorderSecondary },
      rightPriceScale: { borderColor: colorBorderSecondary },
    });
    draw(chart);
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
      chart.remove();
    };
    // The caller lists what draw() reads.
  }, [colorText, colorBorderSecondary, fontFamily, shown, ...watch]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
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
