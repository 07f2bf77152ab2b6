import type { NamedCatalogue } from '../../domain/catalogue.js';
import { type DecisionAgent, paramsInForce } from '../../domain/decision/decision-agent.js';
import { Money, plainText } from '../../domain/money/decimal.js';
import { annualizedReturnOf, DAYS_NEEDED } from '../../domain/portfolio/performance.js';
import type { TradeChannel } from '../../trading/channels/trade-channel.js';
import { publicAmount, publicConviction, publicFraction, publicPercent } from '../public-figures.js';
import type { VisibilityLevel } from '../visibility.js';
import type { InstanceRow } from './instance-row.js';
import { type InstanceView, warningsOf, type WarningView } from './instance.dto.js';
import { toPositionView, toPublicPositionView, type PositionView } from './position.view.js';

const MS_PER_DAY = 86_400_000;

/** What a view depends on besides the row. */
export interface ViewContext {
  readonly now: Date;
  readonly decisionAgents: NamedCatalogue<DecisionAgent>;
  readonly channels: NamedCatalogue<TradeChannel>;
}

/** An instance as somebody sees it. Params, and warnings that follow from them, only where `visibility` has them. */
export function toInstanceView(
  given: InstanceRow,
  visibility: Exclude<VisibilityLevel, 'none'>,
  context: ViewContext,
): InstanceView {
  const showsParams = visibility !== 'public';
  const { row, ignored } = showsParams ? readRow(given, context) : { row: publicRow(given), ignored: [] };
  const runs = row.is_active && row.definition_is_active;
  return {
    id: row.id,
    strategy_definition_id: row.definition_id,
    definition: {
      id: row.definition_id,
      name: row.definition_name,
      display_name: row.definition_display_name,
      trade_channel: row.trade_channel,
      trade_symbol: row.trade_symbol,
      quote_asset: context.channels.find(row.trade_channel)?.quoteAsset ?? null,
      is_active: row.definition_is_active,
    },
    user: { id: row.user_id, full_name: row.user_full_name },
    instance_name: visibility === 'full' ? row.instance_name : (row.public_name ?? row.instance_name),
    instance_description: row.instance_description,
    ...(showsParams
      ? { instance_params: row.instance_params, ignored_params: ignored, params_version: row.params_version }
      : {}),
    trading_mode: row.trading_mode,
    is_active: row.is_active,
    archived_at: row.archived_at?.toISOString() ?? null,
    initial_balance: plainText(row.initial_balance),
    ...(showsParams ? { current_balance: plainText(row.current_balance) } : {}),
    total_value: plainText(row.total_value),
    total_pnl: plainText(row.total_pnl),
    total_pnl_percent: row.total_pnl_percent,
    ...statisticsOf(row, context.now),
    total_trades: row.total_trades,
    winning_trades: row.winning_trades,
    losing_trades: row.losing_trades,
    win_rate: row.win_rate,
    max_drawdown: row.max_drawdown,
    positions: positionsOf(row, showsParams, context),
    last_conviction_score: row.last_conviction_score,
    last_signal: row.last_signal,
    last_execution_time: row.last_execution_time?.toISOString() ?? null,
    next_execution_time: runs ? (row.next_run_at?.toISOString() ?? null) : null,
    warnings: showsParams ? warningsFor(row, context) : [],
    market_data: row.market_data,
    run_failure: row.run_failure && { ...row.run_failure, since: new Date(row.run_failure.since).toISOString() },
    version: row.version,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

/** The row with the params that the next decision will be given; as they are stored where their agent is gone. */
function readRow(row: InstanceRow, { decisionAgents }: ViewContext): { row: InstanceRow; ignored: string[] } {
  const agent = decisionAgents.find(row.decision_agent_class);
  if (!agent) return { row, ignored: [] };
  const { params, ignored } = paramsInForce(agent, row.business_agents, row.instance_params);
  return { row: { ...row, instance_params: params }, ignored: [...ignored] };
}

/** Figures rounded as the public sees them, before anything is computed from them. */
function publicRow(row: InstanceRow): InstanceRow {
  return {
    ...row,
    total_value: publicAmount(row.total_value, row.initial_balance),
    total_pnl: publicAmount(row.total_pnl, row.initial_balance),
    total_pnl_percent: publicPercent(row.total_pnl_percent),
    max_drawdown: publicFraction(row.max_drawdown),
    sharpe_ratio: row.sharpe_ratio === null ? null : publicFraction(row.sharpe_ratio),
    last_conviction_score: publicConviction(row.last_conviction_score),
  };
}

function statisticsOf(row: InstanceRow, now: Date) {
  const initial = new Money(row.initial_balance);
  // An archived instance has earned what it has earned until then.
  const to = row.archived_at ?? now;
  const annualized = annualizedReturnOf({ initial, current: new Money(row.total_value), from: row.created_at, to });
  const young = to.getTime() - row.created_at.getTime() < DAYS_NEEDED * MS_PER_DAY;
  return {
    annualized_return: annualized.value,
    annualized_return_reason: annualized.reason,
    sharpe_ratio: young ? null : row.sharpe_ratio,
    sharpe_ratio_reason: young ? 'needs_30_days' : row.sharpe_ratio === null ? 'not_computed' : null,
  };
}

function positionsOf(row: InstanceRow, showsParams: boolean, { channels }: ViewContext): PositionView[] {
  const price = { price: row.mark_price, at: row.marked_at };
  if (!showsParams) return row.positions.map((position) => toPublicPositionView(position, price));
  const channel = channels.find(row.trade_channel);
  return row.positions.map((position) => {
    const rules = channel?.symbols.includes(position.symbol) ? channel.rulesFor(position.symbol).perpetual : null;
    return toPositionView(position, price, rules ?? null);
  });
}

/** None where the decision agent or the channel does not exist any more: then there is nothing to measure by. */
function warningsFor(row: InstanceRow, context: ViewContext): WarningView[] {
  const decisionAgent = context.decisionAgents.find(row.decision_agent_class);
  const channel = context.channels.find(row.trade_channel);
  if (!decisionAgent || !channel?.symbols.includes(row.trade_symbol)) return [];
  const price = row.mark_price ?? row.market_data?.price ?? null;
  return warningsOf(row.total_value, row.instance_params, decisionAgent, channel.rulesFor(row.trade_symbol), price);
}
