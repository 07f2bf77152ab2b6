import { Empty, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { addBrokenLine } from '../../parts/broken-line.js';
import { ChartFrame, type Draw } from '../../parts/chart-frame.js';
import { knownWords } from '../../parts/known-words.js';
import { useSettings } from '../../settings/settings-context.js';
import { useDark } from '../../settings/theme.js';

/** Params that are conviction thresholds, drawn as lines. */
const LEVELS = ['buy_threshold', 'partial_sell_threshold', 'full_sell_threshold'];

interface Props {
  /** Newest first. */
  readonly convictions: readonly Schemas['ConvictionView'][];
  /** Default params of the template. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Conviction of each run by the template's default params; a run without one is a gap. */
export function ConvictionChart({ convictions, params }: Props) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const colours = useDark() ? { line: '#7aa2ff', level: '#e0b93f' } : { line: '#1d4ed8', level: '#8a6d00' };
  const given = convictions.filter(({ conviction_score }) => conviction_score !== null);
  const missing = convictions.length - given.length;
  if (given.length === 0) return <Empty description={t('market.noConviction')} />;
  const draw: Draw = (chart) => {
    const points = convictions.toReversed().map(({ scheduled_for: at, conviction_score: value }) => ({ at, value }));
    const parts = addBrokenLine(chart, points, settings.zone, {
      color: colours.line,
      lineWidth: 2,
      priceLineVisible: false,
      autoscaleInfoProvider: () => ({ priceRange: { minValue: 0, maxValue: 100 } }),
    });
    chart.priceScale('right').applyOptions({ scaleMargins: { top: 0.04, bottom: 0.04 } });
    for (const name of LEVELS) {
      const price = params[name];
      if (typeof price !== 'number') continue;
      const title = knownWords(t, 'market', name) ?? '';
      parts[0]?.createPriceLine({ price, title, color: colours.level, lineStyle: 2, axisLabelVisible: true });
    }
  };
  return (
    <Flex vertical gap={8}>
      <Typography.Text type="secondary">{t('market.convictionOf')}</Typography.Text>
      <ChartFrame
        draw={draw}
        height={260}
        label={t('market.conviction')}
        watch={[convictions, params, settings.zone, colours.line, t]}
      />
      {missing > 0 && <Typography.Text type="secondary">{t('market.gaps', { count: missing })}</Typography.Text>}
    </Flex>
  );
}
