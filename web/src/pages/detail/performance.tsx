import { Descriptions, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { usePerformance } from '../../api/queries.js';
import { decimalOf, formatDecimal, formatFraction } from '../../format/decimal.js';
import { DataTable } from '../../parts/data-table.js';
import { FractionChange, Money, MoneyChange, Time } from '../../parts/figures.js';
import { knownWords } from '../../parts/known-words.js';
import { QueryState } from '../../parts/query-state.js';

interface Props {
  readonly id: string;
  readonly asset: string | null;
}

/** Statistics compared with buy and hold; a missing one shows its reason. */
export function Performance({ id, asset }: Props) {
  return <QueryState query={usePerformance(id)}>{(found) => <Statistics found={found} asset={asset} />}</QueryState>;
}

function Statistics({ found, asset }: { readonly found: Schemas['PerformanceView']; readonly asset: string | null }) {
  const { t } = useTranslation();
  const amount = (of: Schemas['AmountView']) => (
    <Statistic of={of} show={(value) => <MoneyChange value={value} asset={asset} />} />
  );
  const rows: [string, ReactNode][] = [
    [t('field.annualReturn'), <Statistic of={found.annualized_return} show={change} />],
    [t('performance.hold'), <Statistic of={found.buy_and_hold} show={change} />],
    [t('performance.excess'), <Statistic of={found.excess_return} show={change} />],
    [t('field.drawdown'), formatFraction(found.max_drawdown)],
    [t('field.sharpe'), <Statistic of={found.sharpe_ratio} show={ratio} />],
    [t('performance.sortino'), <Statistic of={found.sortino_ratio} show={ratio} />],
    [t('performance.calmar'), <Statistic of={found.calmar_ratio} show={ratio} />],
    [
      t('performance.longestDrawdown'),
      <Statistic of={found.longest_drawdown_days} show={(count) => t('span.day', { count })} />,
    ],
    [t('performance.closedPositions'), found.closed_positions],
    [t('performance.winRate'), <Statistic of={found.win_rate} show={share} />],
    [t('performance.profitFactor'), <Statistic of={found.profit_factor} show={ratio} />],
    [t('performance.closeWinRate'), <Statistic of={found.close_win_rate} show={share} />],
    [t('performance.closeProfitFactor'), <Statistic of={found.close_profit_factor} show={ratio} />],
  ];
  if (found.expectancy) rows.push([t('performance.expectancy'), amount(found.expectancy)]);
  if (found.average_win) rows.push([t('performance.averageWin'), amount(found.average_win)]);
  if (found.average_loss) rows.push([t('performance.averageLoss'), amount(found.average_loss)]);
  if (found.average_holding_hours) {
    const hours = (value: number) => t('performance.hours', { hours: formatDecimal(decimalOf(value), { places: 1 }) });
    rows.push([t('performance.holding'), <Statistic of={found.average_holding_hours} show={hours} />]);
  }
  if (found.exposure) rows.push([t('performance.exposure'), <Statistic of={found.exposure} show={share} />]);
  if (found.turnover) rows.push([t('performance.turnover'), <Statistic of={found.turnover} show={times} />]);
  if (found.traded_notional !== undefined) {
    rows.push(
      [t('performance.traded'), <Money value={found.traded_notional} asset={asset} />],
      [t('performance.realized'), <MoneyChange value={found.realized_pnl} asset={asset} />],
      [t('performance.fees'), <Money value={found.fees_paid} asset={asset} />],
      [t('performance.funding'), <Money value={found.funding_paid} asset={asset} />],
    );
  }
  // Funding that is missing from the figures above.
  if (found.funding_hours_owed) rows.push([t('performance.hoursOwed'), found.funding_hours_owed]);
  if (found.funding_hours_given_up) rows.push([t('performance.hoursGivenUp'), found.funding_hours_given_up]);
  return (
    <Flex vertical gap={8}>
      <Descriptions
        column={1}
        size="small"
        items={rows.map(([label, children]) => ({ key: label, label, children }))}
      />
      {found.kept_from !== null && Date.parse(found.kept_from) > Date.parse(found.from) && (
        <Typography.Text type="secondary">
          {t('performance.keptFrom')} <Time at={found.kept_from} />
        </Typography.Text>
      )}
    </Flex>
  );
}

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** A year with the months that have a return: not those before the strategy, and not those to come. */
interface YearRow {
  readonly year: string;
  readonly months: readonly Schemas['MonthlyReturnView'][];
}

/** The return of each calendar month (UTC), a row for each year, the newest first. */
export function MonthlyReturns({ id }: Pick<Props, 'id'>) {
  const { t, i18n } = useTranslation();
  const nameOf = (month: number) =>
    new Date(Date.UTC(2000, month - 1)).toLocaleDateString(i18n.language, { month: 'short', timeZone: 'UTC' });
  return (
    <QueryState query={usePerformance(id)}>
      {(found) => (
        <DataTable<YearRow>
          dataSource={yearsOf(found.monthly_returns)}
          rowKey="year"
          empty={t('performance.noMonths')}
          columns={[
            { title: t('performance.year'), dataIndex: 'year' },
            ...MONTHS.map((month) => ({
              title: nameOf(month),
              key: month,
              align: 'right' as const,
              render: (_: unknown, { months }: YearRow) => {
                const found = months.find((one) => Number(one.month.slice(5)) === month);
                return found && <Statistic of={found.return} show={change} />;
              },
            })),
          ]}
        />
      )}
    </QueryState>
  );
}

function yearsOf(months: readonly Schemas['MonthlyReturnView'][]): YearRow[] {
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))].reverse();
  return years.map((year) => ({ year, months: months.filter(({ month }) => month.startsWith(`${year}-`)) }));
}

interface StatisticProps<T> {
  readonly of: { readonly value: T | null; readonly reason: string | null };
  readonly show: (value: T) => ReactNode;
}

function Statistic<T>({ of: { value, reason }, show }: StatisticProps<T>) {
  const { t } = useTranslation();
  if (value !== null) return show(value);
  return <span className="muted">{reason ? (knownWords(t, 'figureReason', reason) ?? reason) : t('common.none')}</span>;
}

function change(value: number): ReactNode {
  return <FractionChange value={value} />;
}

function ratio(value: number): string {
  return formatDecimal(decimalOf(value), { places: 2 });
}

function share(value: number): string {
  return formatFraction(value, { places: 1 });
}

function times(value: number): string {
  return `${ratio(value)} ×`;
}
