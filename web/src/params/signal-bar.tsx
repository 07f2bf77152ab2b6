import { Flex, Grid, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { decimalOf, formatDecimal, formatFraction } from '../format/decimal.js';
import { SignalTag } from '../parts/instance-tags.js';

const HEIGHT = 44;

/** Keeps the what-if result in view on phones, where the panel is below a long form. */
export function SignalBar({ decision }: { readonly decision: Schemas['DecisionView'] }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const wide = Grid.useBreakpoint().lg ?? false;
  if (wide) return null;
  const { conviction_score: conviction, signal, position_size } = decision;
  return (
    <>
      {/* What the bar would hide at the end of the page. */}
      <div style={{ height: HEIGHT }} />
      <Flex
        // Screen readers read the panel.
        aria-hidden="true"
        className="signal-bar"
        align="center"
        gap={12}
        style={{ height: HEIGHT, background: token.colorBgElevated, borderTop: `1px solid ${token.colorBorder}` }}
      >
        <span>
          {t('field.conviction')}{' '}
          <b className="figure">{conviction === null ? '–' : formatDecimal(decimalOf(conviction), { places: 1 })}</b>
        </span>
        <SignalTag signal={signal} />
        {signal !== 'HOLD' && <span className="figure">{formatFraction(position_size)}</span>}
      </Flex>
    </>
  );
}
