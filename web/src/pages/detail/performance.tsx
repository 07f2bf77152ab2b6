import { Descriptions, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { usePerformance } from '../../api/queries.js';
import { decimalOf, formatDecimal, formatFraction } from '../../format/decimal.js';
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
  const rows: [string, ReactNode][] = [
    [t('field.annualReturn'), <Statistic of={found.annualized_return} show={change} />],
    [t('performance.hold'), <Statistic of={found.buy_and_hold} show={change} />],
    [t('performance.excess'), <Statistic of={found.excess_return} show={change} />],
    [t('field.drawdown'), formatFraction(found.max_drawdown)],
    [t('field.sharpe'), <Statistic of={found.sharpe_ratio} show={ratio} />],
    [t('performance.sortino'), <Statistic of={found.sortino_ratio} show={ratio} />],
    [t('performance.profitFactor'), <Statistic of={found.profit_factor} show={ratio} />],
  ];
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

interface StatisticProps {
  readonly of: Schemas['StatisticView'];
  readonly show: (value: number) => ReactNode;
}

function Statistic({ of: { value, reason }, show }: StatisticProps) {
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
