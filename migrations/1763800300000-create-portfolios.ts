import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Instances, the history of their params, and their positions. */
export class CreatePortfolios1763800300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE portfolios (
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        strategy_definition_id integer NOT NULL,
        instance_number integer NOT NULL,
        instance_name varchar(200) NOT NULL,
        instance_description text NOT NULL,
        instance_params jsonb NOT NULL,
        params_version integer NOT NULL DEFAULT 1,
        trading_mode varchar(8) NOT NULL,
        initial_balance numeric(38,18) NOT NULL,
        current_balance numeric(38,18) NOT NULL,
        total_value numeric(38,18) NOT NULL,
        total_pnl numeric(38,18) NOT NULL,
        peak_value numeric(38,18) NOT NULL,
        total_trades integer NOT NULL DEFAULT 0,
        winning_trades integer NOT NULL DEFAULT 0,
        losing_trades integer NOT NULL DEFAULT 0,
        win_rate double precision,
        max_drawdown double precision NOT NULL DEFAULT 0,
        sharpe_ratio double precision,
        is_active boolean NOT NULL DEFAULT true,
        active_since timestamptz,
        archived_at timestamptz,
        consecutive_bullish_count integer NOT NULL DEFAULT 0,
        consecutive_bearish_count integer NOT NULL DEFAULT 0,
        last_conviction_score double precision,
        last_signal varchar(8),
        last_execution_time timestamptz,
        last_snapshot_at timestamptz,
        last_snapshot_value numeric(38,18),
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_portfolios PRIMARY KEY (id),
        CONSTRAINT uq_portfolios_number UNIQUE (user_id, strategy_definition_id, instance_number),
        CONSTRAINT fk_portfolios_user FOREIGN KEY (user_id) REFERENCES users (id),
        CONSTRAINT fk_portfolios_definition FOREIGN KEY (strategy_definition_id) REFERENCES strategy_definitions (id),
        CONSTRAINT ck_portfolios_trading_mode CHECK (trading_mode IN ('paper', 'live')),
        CONSTRAINT ck_portfolios_initial_balance CHECK (initial_balance > 0 AND initial_balance <> 'NaN'),
        CONSTRAINT ck_portfolios_current_balance CHECK (current_balance >= 0 AND current_balance <> 'NaN'),
        CONSTRAINT ck_portfolios_total_value CHECK (total_value <> 'NaN'),
        CONSTRAINT ck_portfolios_total_pnl CHECK (total_pnl <> 'NaN'),
        CONSTRAINT ck_portfolios_peak_value CHECK (peak_value <> 'NaN'),
        CONSTRAINT ck_portfolios_closes CHECK (winning_trades + losing_trades <= total_trades),
        CONSTRAINT ck_portfolios_archived CHECK (archived_at IS NULL OR NOT is_active)
      )`);
    await db.query(
      `CREATE INDEX ix_portfolios_active ON portfolios (strategy_definition_id, id) WHERE (is_active = true)`,
    );
    await db.query(`CREATE INDEX ix_portfolios_created ON portfolios (created_at, id)`);
    await db.query(`
      CREATE TABLE portfolio_params_history (
        portfolio_id uuid NOT NULL,
        params_version integer NOT NULL,
        params jsonb NOT NULL,
        changed_by uuid,
        changed_at timestamptz NOT NULL,
        CONSTRAINT pk_portfolio_params_history PRIMARY KEY (portfolio_id, params_version),
        CONSTRAINT fk_portfolio_params_history_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id),
        CONSTRAINT fk_portfolio_params_history_user FOREIGN KEY (changed_by) REFERENCES users (id)
      )`);
    await db.query(`
      CREATE TABLE positions (
        portfolio_id uuid NOT NULL,
        symbol varchar(20) NOT NULL,
        side varchar(8) NOT NULL,
        quantity numeric(38,18) NOT NULL,
        average_entry_price numeric(38,18) NOT NULL,
        cost_basis numeric(38,18) NOT NULL,
        leverage numeric(38,18) NOT NULL DEFAULT 1,
        margin numeric(38,18) NOT NULL DEFAULT 0,
        stop_loss numeric(38,18),
        take_profit numeric(38,18),
        opened_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_positions PRIMARY KEY (portfolio_id, symbol),
        CONSTRAINT fk_positions_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id),
        CONSTRAINT ck_positions_side CHECK (side IN ('long', 'short')),
        CONSTRAINT ck_positions_quantity CHECK (quantity > 0 AND quantity <> 'NaN'),
        CONSTRAINT ck_positions_money CHECK (average_entry_price <> 'NaN' AND cost_basis <> 'NaN' AND margin <> 'NaN')
      )`);
    await db.query(`CREATE INDEX ix_positions_symbol ON positions (symbol)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE positions`);
    await db.query(`DROP TABLE portfolio_params_history`);
    await db.query(`DROP TABLE portfolios`);
  }
}
