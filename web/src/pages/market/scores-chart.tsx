import { Empty, Flex } from 'antd';
import { LineSeries } from 'lightweight-charts';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { addBrokenLine } from '../../parts/broken-line.js';
import { AMOUNTS, ChartFrame, type Draw } from '../../parts/chart-frame.js';
import { onePerSecond } from '../../parts/chart-points.js';
import { knownWords } from '../../parts/known-words.js';
import { useSettings } from '../../settings/settings-context.js';
import { useDark } from '../../settings/theme.js';
import { scoreCurves } from './score-curves.js';

const LIGHT = ['#1d4ed8', '#8a6d00', '#6b2fb3', '#0f7a3d', '#b42318'];
const DARK = ['#7aa2ff', '#e0b93f', '#c79bff', '#3ccb7f', '#ff7b72'];

/** Scores of each agent above, price below. */
export function ScoresChart({ runs }: { readonly runs: readonly Schemas['RunView'][] }) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const colours = useDark() ? DARK : LIGHT;
  const { scores, price } = scoreCurves(runs);
  if (price.length < 2) return <Empty description={t('market.noCurve')} />;
  const names = [...scores.keys()].sort();
  const colourOf = (index: number): string => colours[index % colours.length] ?? '#888888';
  const draw: Draw = (chart) => {
    const common = { priceLineVisible: false, lineWidth: 2 as const };
    names.forEach((name, index) =>
      addBrokenLine(chart, scores.get(name) ?? [], settings.zone, { ...common, color: colourOf(index) }),
    );
    const line = chart.addSeries(LineSeries, { ...common, color: colourOf(names.length), priceFormat: AMOUNTS }, 1);
    line.setData(onePerSecond(price, settings.zone));
    chart.panes()[1]?.setHeight(150);
  };
  const legend = [...names.map((name) => knownWords(t, 'agent', name) ?? name), t('field.price')];
  return (
    <Flex vertical gap={8}>
      <Flex gap={16} wrap>
        {legend.map((name, index) => (
          <span key={name}>
            <b aria-hidden="true" style={{ color: colourOf(index) }}>
              —
            </b>{' '}
            {name}
          </span>
        ))}
      </Flex>
      <ChartFrame draw={draw} label={t('market.scores')} watch={[runs, settings.zone, colours]} />
    </Flex>
  );
}
