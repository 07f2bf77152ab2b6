import { Flex, Grid, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { decimalOf, formatDecimal, formatFraction } from '../format/decimal.js';
import { SignalTag } from '../parts/instance-tags.js';

const HEIGHT = 44;

/** On a phone the what-if stands below a long form: its answer stays in sight while a slider is moved. */
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
        // The panel says the same to those who listen.
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
