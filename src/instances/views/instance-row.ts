import { ApiProperty } from '@nestjs/swagger';
import type { StrategyDefinition } from '../../definitions/strategy-definition.entity.js';
import type { Row } from '../../platform/database/row.js';
import type { Portfolio } from '../../trading/books/portfolio.entity.js';
import type { Position } from '../../trading/books/position.entity.js';

/** The market that the definition's last run saw. */
export class MarketDataView {
  @ApiProperty({
    description: 'Source of all values of that run.',
    enum: ['simulated', 'replay', 'live'],
    example: 'simulated',
  })
  market!: string;

  @ApiProperty({ description: 'Base asset.', example: 'BTC' })
  symbol!: string;

  @ApiProperty({ description: 'Price in quote currency.', example: '65000' })
  price!: string;

  @ApiProperty({ description: 'Source of the price.', example: 'simulated' })
  source!: string;

  @ApiProperty({
    description: 'When the price became known.',
    example: '2026-01-01T12:00:00.000Z',
    format: 'date-time',
  })
  observed_at!: string;
}

/** Why no run of the definition succeeds. */
export class RunFailureView {
  @ApiProperty({ description: 'Why the last run failed.', example: 'market_data_unavailable' })
  code!: string;

  @ApiProperty({ description: 'The same in words.', example: 'There is no price of BTC.' })
  message!: string;

  @ApiProperty({
    description: 'Time of the first run that failed; none has succeeded since.',
    example: '2026-01-01T12:00:00.000Z',
    format: 'date-time',
  })
  since!: string;
}

/** A position as its instance shows it; times are text, because they come as JSON. */
export interface PositionRow extends Pick<
  Row<Position>,
  | 'symbol'
  | 'side'
  | 'quantity'
  | 'average_entry_price'
  | 'cost_basis'
  | 'leverage'
  | 'entry_notional'
  | 'margin'
  | 'stop_loss'
  | 'take_profit'
> {
  readonly expires_at: string | null;
  readonly opened_at: string;
}

type OfPortfolio = Pick<
  Row<Portfolio>,
  | 'id'
  | 'user_id'
  | 'instance_name'
  | 'public_name'
  | 'instance_description'
  | 'instance_params'
  | 'params_version'
  | 'trading_mode'
  | 'is_active'
  | 'archived_at'
  | 'initial_balance'
  | 'current_balance'
  | 'total_value'
  | 'total_pnl'
  | 'total_pnl_percent'
  | 'total_trades'
  | 'winning_trades'
  | 'losing_trades'
  | 'win_rate'
  | 'max_drawdown'
  | 'sharpe_ratio'
  | 'last_conviction_score'
  | 'last_signal'
  | 'last_execution_time'
  | 'version'
  | 'created_at'
  | 'updated_at'
  | 'mark_price'
  | 'marked_at'
>;
type OfDefinition = Pick<
  Row<StrategyDefinition>,
  'decision_agent_class' | 'business_agents' | 'trade_channel' | 'trade_symbol' | 'next_run_at'
>;

/** An instance with everything that is shown of it: one row, whatever it holds. */
export interface InstanceRow extends OfPortfolio, OfDefinition {
  readonly user_full_name: string | null;
  readonly definition_id: number;
  readonly definition_name: string;
  readonly definition_display_name: string;
  readonly definition_is_active: boolean;
  readonly positions: readonly PositionRow[];
  readonly market_data: MarketDataView | null;
  readonly run_failure: RunFailureView | null;
}
