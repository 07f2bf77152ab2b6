import { Empty, Flex } from 'antd';
import { BaselineSeries, LineSeries } from 'lightweight-charts';
import { useTranslation } from 'react-i18next';
import { AMOUNTS, ChartFrame, PERCENTAGES, type Draw } from '../../parts/chart-frame.js';
import { onePerSecond } from '../../parts/chart-points.js';
import { useSettings } from '../../settings/settings-context.js';
import { useDark } from '../../settings/theme.js';
import type { Span } from './span.js';
import { drawdownCurve, holdCurve, valueCurve, type Snapshot } from './curves.js';

const LIGHT = { value: '#1d4ed8', hold: '#8a6d00', drawdown: '#b42318' };
const DARK = { value: '#7aa2ff', hold: '#e0b93f', drawdown: '#ff7b72' };

interface Props {
  readonly points: readonly Snapshot[];
  readonly span: Span;
  /** Quote currency. */
  readonly asset: string | null;
  /** Text without data. */
  readonly nothing: string;
}

/** Value and buy and hold above, drawdown below. */
export function ValueChart({ points, span, asset, nothing }: Props) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const colours = useDark() ? DARK : LIGHT;
  if (points.length < 2) return <Empty description={nothing} style={{ padding: 48 }} />;
  const draw: Draw = (chart) => {
    const common = { priceLineVisible: false, lastValueVisible: true, lineWidth: 2 as const };
    chart
      .addSeries(LineSeries, { ...common, color: colours.hold, lineStyle: 2, priceFormat: AMOUNTS })
      .setData(onePerSecond(holdCurve(points), settings.zone));
    chart
      .addSeries(LineSeries, { ...common, color: colours.value, priceFormat: AMOUNTS })
      .setData(onePerSecond(valueCurve(points), settings.zone));
    const drawdown = chart.addSeries(
      BaselineSeries,
      {
        ...common,
        baseValue: { type: 'price', price: 0 },
        // Also shows 0 at the peak.
        topLineColor: colours.drawdown,
        bottomLineColor: colours.drawdown,
        bottomFillColor1: `${colours.drawdown}11`,
        bottomFillColor2: `${colours.drawdown}44`,
        priceFormat: PERCENTAGES,
      },
      1,
    );
    drawdown.setData(onePerSecond(drawdownCurve(points), settings.zone));
    chart.panes()[1]?.setHeight(100);
  };
  const names = [
    ['value', colours.value, '—'],
    ['hold', colours.hold, '┄'],
    ['drawdown', colours.drawdown, '▁'],
  ] as const;
  return (
    <Flex vertical gap={8}>
      <Flex gap={16} wrap>
        {names.map(([name, color, mark]) => (
          <span key={name}>
            <b aria-hidden="true" style={{ color }}>
              {mark}
            </b>{' '}
            {t(`curve.${name}`, { asset: asset ?? '' })}
          </span>
        ))}
      </Flex>
      <ChartFrame draw={draw} shown={span} label={t('detail.value')} watch={[points, settings.zone, colours]} />
    </Flex>
  );
}
