import { theme } from 'antd';
import { createChart, type IChartApi } from 'lightweight-charts';
import { useEffect, useRef } from 'react';

/** Adds the series; called anew whenever something of `watch` has changed. */
export type Draw = (chart: IChartApi) => void;

interface Props {
  readonly draw: Draw;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly watch: readonly unknown[];
  readonly height?: number;
}

/** A chart in the colours of the page. */
export function ChartFrame({ draw, label, watch, height = 380 }: Props) {
  const place = useRef<HTMLDivElement>(null);
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
    return () => chart.remove();
    // What draw() reads is named by whoever wrote it.
  }, [colorText, colorBorderSecondary, fontFamily, ...watch]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}
