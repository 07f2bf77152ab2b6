import { useTranslation } from 'react-i18next';
import { decimalOf, formatDecimal } from '../format/decimal.js';
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
          { title: t('field.factor'), render: (_, { name }) => knownWords(t, 'factor', name) ?? name },
          { title: t('field.reading'), align: 'right', render: (_, { value }) => sixDigits(value) },
          { title: t('field.weight'), align: 'right', render: (_, { weight }) => sixDigits(weight) },
          {
            title: t('field.contribution'),
            align: 'right',
            render: (_, { contribution }) => sixDigits(contribution, true),
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
          {t('analysis.absent')}{' '}
          {absent.map((one) => absentName(one, (name) => knownWords(t, 'factor', name) ?? name)).join(', ')}
        </span>
      )}
    </div>
  );
}

function absentName(entry: unknown, wordsOf: (name: string) => string): string {
  if (typeof entry === 'string') return wordsOf(entry);
  const { name, reason, code } = entry as { name?: string; reason?: string; code?: string };
  const why = reason ?? code;
  return why ? `${wordsOf(String(name))} (${why})` : wordsOf(String(name));
}

function sixDigits(value: unknown, signed = false): string {
  return typeof value === 'number' ? formatDecimal(decimalOf(Number(value.toPrecision(6))), { signed }) : '–';
}
