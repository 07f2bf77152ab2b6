import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { decimalOf, formatDecimal, formatFraction, shiftDecimal } from '../format/decimal.js';
import { spanOf } from '../format/time.js';
import { formatReading } from './reading.js';
import { fromCode } from '../i18n/en/from-code.js';
import { Age } from './figures.js';
import { DataTable } from './data-table.js';
import { knownWords } from './known-words.js';

interface Factor {
  readonly name: string;
  readonly value?: unknown;
  readonly weight?: unknown;
  readonly contribution?: unknown;
  readonly observed_at?: unknown;
}

const UNITS: Readonly<Record<string, string | undefined>> = fromCode.factorUnit;

interface Props {
  readonly details: object | null;
  /** When a decision was made on them: ages count up to it. Left out: up to now. */
  readonly asOf?: string;
}

/** The factors of an analysis with their ages, and those that had no value. */
export function Factors({ details, asOf }: Props) {
  const { t } = useTranslation();
  const { factors = [], absent = [] } = (details ?? {}) as { factors?: readonly Factor[]; absent?: readonly unknown[] };
  if (factors.length === 0 && absent.length === 0) return null;
  return (
    <div>
      <DataTable<Factor>
        rowKey="name"
        dataSource={[...factors]}
        columns={[
          {
            title: t('field.factor'),
            render: (_, { name }) => <div className="wrapped">{knownWords(t, 'factor', name) ?? name}</div>,
          },
          {
            title: t('field.reading'),
            align: 'right',
            render: (_, { name, value }) =>
              typeof value === 'number' ? formatReading(t, value, UNITS[name]) : t('common.none'),
          },
          {
            title: t('field.weight'),
            align: 'right',
            responsive: ['sm'],
            render: (_, { weight }) =>
              typeof weight === 'number' ? formatFraction(weight, { places: 0 }) : t('common.none'),
          },
          {
            title: t('field.contribution'),
            align: 'right',
            render: (_, { contribution }) => pointsOf(contribution),
          },
          {
            title: t(asOf === undefined ? 'field.age' : 'field.ageThen'),
            align: 'right',
            render: (_, { observed_at }) =>
              typeof observed_at === 'string' ? <AgeOf at={observed_at} asOf={asOf} /> : '–',
          },
        ]}
      />
      {absent.length > 0 && (
        <span className="muted">
          {t('analysis.absent')} {absent.map((one) => absentName(t, one)).join(t('common.separator'))}
        </span>
      )}
    </div>
  );
}

function AgeOf({ at, asOf }: { readonly at: string; readonly asOf: string | undefined }) {
  const { t } = useTranslation();
  if (asOf === undefined) return <Age at={at} />;
  const { unit, count } = spanOf((Date.parse(asOf) - Date.parse(at)) / 1000);
  return <span className="figure">{t(`span.${unit}`, { count })}</span>;
}

function absentName(t: TFunction, entry: unknown): string {
  const wordsOf = (name: string): string => knownWords(t, 'factor', name) ?? name;
  if (typeof entry === 'string') return wordsOf(entry);
  const { name, reason, code } = entry as { name?: string; reason?: string; code?: string };
  const why = reason ?? code;
  return why ? `${wordsOf(String(name))} (${knownWords(t, 'absence', why) ?? why})` : wordsOf(String(name));
}

/** Contributions (-1 to 1) as points of the score (-100 to 100). */
function pointsOf(contribution: unknown): string {
  if (typeof contribution !== 'number') return '–';
  return formatDecimal(shiftDecimal(decimalOf(contribution), 2), { places: 1, signed: true });
}
