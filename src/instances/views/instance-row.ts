import { ApiProperty } from '@nestjs/swagger';
import type { ParamsObject } from '../../domain/params/merge-params.js';

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

  @ApiProperty({ description: 'Who delivered the price.', example: 'simulated' })
  source!: string;

  @ApiProperty({
    description: 'When the price became known.',
    example: '2026-01-01T12:00:00.000Z',
    format: 'date-time',
  })
  observed_at!: string;
}

/** A position and the price it was last valued at; decimal strings. */
export interface PositionRow {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly quantity: string;
  readonly average_entry_price: string;
  readonly cost_basis: string;
  readonly leverage: string;
  /** 0 on spot. */
  readonly entry_notional: string;
  readonly margin: string;
  readonly stop_loss: string | null;
  readonly take_profit: string | null;
  readonly expires_at: string | null;
  readonly opened_at: string;
}

/** An instance with everything that is shown of it: one row, whatever it holds. */
export interface InstanceRow {
  readonly id: string;
  readonly user_id: string;
  readonly user_full_name: string | null;
  readonly definition_id: number;
  readonly definition_name: string;
  readonly definition_display_name: string;
  readonly decision_agent_class: string;
  readonly business_agents: readonly string[];
  readonly trade_channel: string;
  readonly trade_symbol: string;
  readonly next_run_at: Date | null;
  readonly definition_is_active: boolean;
  readonly instance_name: string;
  /** What others see as its name; null: the name itself. */
  readonly public_name: string | null;
  readonly instance_description: string;
  readonly instance_params: ParamsObject;
  readonly params_version: number;
  readonly trading_mode: 'paper' | 'live';
  readonly is_active: boolean;
  readonly archived_at: Date | null;
  readonly initial_balance: string;
  readonly current_balance: string;
  readonly total_value: string;
  readonly total_pnl: string;
  readonly total_pnl_percent: number;
  readonly total_trades: number;
  readonly winning_trades: number;
  readonly losing_trades: number;
  readonly win_rate: number | null;
  readonly max_drawdown: number;
  readonly sharpe_ratio: number | null;
  readonly last_conviction_score: number | null;
  readonly last_signal: string | null;
  readonly last_execution_time: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly positions: readonly PositionRow[];
  readonly mark_price: string | null;
  readonly marked_at: Date | null;
  readonly market_data: MarketDataView | null;
}
