import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { decimalOf, formatDecimal, formatFraction, formatPercent, roundDecimal, signOf } from '../format/decimal.js';
import { formatTime, spanOf } from '../format/time.js';
import { useRiseColours } from '../settings/rise-colours.js';
import { useSettings } from '../settings/settings-context.js';
import { useNow } from './use-now.js';

interface AmountProps {
  readonly value: string | null | undefined;
  /** Currency; null if unknown. */
  readonly asset: string | null;
}

/** An amount of the quote currency, two places. */
export function Money({ value, asset }: AmountProps) {
  if (value === null || value === undefined) return <Absent />;
  return (
    <span className="figure">
      {formatDecimal(value, { places: 2 })} {asset !== null && <span className="muted">{asset}</span>}
    </span>
  );
}

/** A gain or loss with arrow and sign, so that colour is not the only mark. */
export function Rise({ sign, text }: { readonly sign: -1 | 0 | 1; readonly text: string }) {
  const { up, down } = useRiseColours();
  const color = sign === 0 ? undefined : sign > 0 ? up : down;
  return (
    <span className="figure" style={color ? { color } : {}}>
      <span aria-hidden="true">{sign === 0 ? '' : sign > 0 ? '▲ ' : '▼ '}</span>
      {text}
    </span>
  );
}

export function MoneyChange({ value, asset }: AmountProps) {
  if (value === null || value === undefined) return <Absent />;
  const amount = formatDecimal(value, { places: 2, signed: true });
  return <Rise sign={signOf(roundDecimal(value, 2))} text={asset === null ? amount : `${amount} ${asset}`} />;
}

/** A change in percent: 0.979 is 0.979 %. */
export function PercentChange({ value }: { readonly value: number }) {
  return <Rise sign={signOf(roundDecimal(decimalOf(value), 2))} text={formatPercent(value)} />;
}

/** A change as a fraction: 0.1 is 10 %. */
export function FractionChange({ value }: { readonly value: number }) {
  return <Rise sign={signOf(roundDecimal(decimalOf(value), 4))} text={formatFraction(value, { signed: true })} />;
}

/** A time in the chosen zone, with its age as tooltip. */
export function Time({ at }: { readonly at: string | null | undefined }) {
  const { settings } = useSettings();
  const now = useNow();
  const { t } = useTranslation();
  if (!at) return <Absent />;
  const seconds = (now - Date.parse(at)) / 1000;
  const { unit, count } = spanOf(Math.abs(seconds));
  const span = t(`span.${unit}`, { count });
  return (
    <Tooltip title={seconds >= 0 ? t('span.ago', { span }) : t('span.ahead', { span })}>
      <time className="figure" dateTime={at}>
        {formatTime(at, settings.zone)}
      </time>
    </Tooltip>
  );
}

export function Age({ at }: { readonly at: string }) {
  const { t } = useTranslation();
  const { unit, count } = spanOf((useNow() - Date.parse(at)) / 1000);
  return <span className="figure">{t('span.ago', { span: t(`span.${unit}`, { count }) })}</span>;
}

export function Absent() {
  const { t } = useTranslation();
  return <span className="muted">{t('common.none')}</span>;
}
