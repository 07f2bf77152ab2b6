import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { decimalOf, formatDecimal, shiftDecimal } from '../format/decimal.js';
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

/** The factors of an analysis with their ages, and those that were absent. */
export function Factors({ details }: { readonly details: object | null }) {
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
          { title: t('field.reading'), align: 'right', render: (_, { value }) => fourDigits(value) },
          {
            title: t('field.weight'),
            align: 'right',
            responsive: ['sm'],
            render: (_, { weight }) => fourDigits(weight),
          },
          {
            title: t('field.contribution'),
            align: 'right',
            render: (_, { contribution }) => pointsOf(contribution),
          },
          {
            title: t('field.age'),
            align: 'right',
            render: (_, { observed_at }) => (typeof observed_at === 'string' ? <Age at={observed_at} /> : '–'),
          },
        ]}
      />
      {absent.length > 0 && (
        <span className="muted">
          {t('analysis.absent')} {absent.map((one) => absentName(t, one)).join(', ')}
        </span>
      )}
    </div>
  );
}

function absentName(t: TFunction, entry: unknown): string {
  const wordsOf = (name: string): string => knownWords(t, 'factor', name) ?? name;
  if (typeof entry === 'string') return wordsOf(entry);
  const { name, reason, code } = entry as { name?: string; reason?: string; code?: string };
  const why = reason ?? code;
  return why ? `${wordsOf(String(name))} (${knownWords(t, 'absence', why) ?? why})` : wordsOf(String(name));
}

function fourDigits(value: unknown): string {
  return typeof value === 'number' ? formatDecimal(decimalOf(Number(value.toPrecision(4)))) : '–';
}

/** Points of the score, which they add up to: it is -100 to 100, they are -1 to 1. */
function pointsOf(contribution: unknown): string {
  if (typeof contribution !== 'number') return '–';
  return formatDecimal(shiftDecimal(decimalOf(contribution), 2), { places: 1, signed: true });
}
