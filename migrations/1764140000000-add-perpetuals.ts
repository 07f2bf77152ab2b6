import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What perpetual positions and stops keep beside a spot holding, and what was done about them between runs. The holding
 * of a short is negative.
 */
export class AddPerpetuals1764140000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE positions
        ADD COLUMN entry_notional numeric(38,18) NOT NULL DEFAULT 0,
        ADD COLUMN stop_distance numeric(38,18),
        ADD COLUMN expires_at timestamptz,
        ADD COLUMN levels_since timestamptz,
        ADD COLUMN funding_until timestamptz,
        ADD CONSTRAINT ck_positions_entry CHECK (entry_notional >= 0 AND entry_notional <> 'NaN' AND leverage >= 1 AND leverage <> 'NaN'),
        ADD CONSTRAINT ck_positions_stops CHECK (stop_loss > 0 AND stop_loss <> 'NaN' AND take_profit > 0 AND take_profit <> 'NaN' AND stop_distance > 0 AND stop_distance <> 'NaN')`);
    await db.query(
      `CREATE INDEX ix_positions_kept ON positions (symbol, portfolio_id) WHERE (levels_since IS NOT NULL)`,
    );
    await db.query(`
      ALTER TABLE trades
        DROP CONSTRAINT ck_trades_balances,
        ADD CONSTRAINT ck_trades_balances CHECK (balance_after >= 0 AND balance_after <> 'NaN' AND holding_after <> 'NaN')`);
    await db.query(`
      CREATE TABLE position_exits (
        id uuid NOT NULL,
        portfolio_id uuid NOT NULL,
        symbol varchar(20) NOT NULL,
        side varchar(8) NOT NULL,
        kind varchar(16) NOT NULL,
        level numeric(38,18) NOT NULL,
        price numeric(38,18) NOT NULL,
        observed_from timestamptz NOT NULL,
        observed_until timestamptz NOT NULL,
        opened_at timestamptz NOT NULL,
        order_id uuid NOT NULL,
        executed_at timestamptz NOT NULL,
        CONSTRAINT pk_position_exits PRIMARY KEY (id),
        CONSTRAINT uq_position_exits_position UNIQUE (portfolio_id, symbol, opened_at),
        CONSTRAINT fk_position_exits_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id),
        CONSTRAINT fk_position_exits_order FOREIGN KEY (order_id) REFERENCES orders (id),
        CONSTRAINT ck_position_exits_side CHECK (side IN ('long', 'short')),
        CONSTRAINT ck_position_exits_kind CHECK (kind IN ('liquidation', 'stop_loss', 'trailing_stop', 'take_profit', 'time_stop')),
        CONSTRAINT ck_position_exits_prices CHECK (level > 0 AND level <> 'NaN' AND price > 0 AND price <> 'NaN')
      )`);
    await db.query(`CREATE INDEX ix_position_exits_portfolio ON position_exits (portfolio_id, id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE position_exits`);
    await db.query(`
      ALTER TABLE trades
        DROP CONSTRAINT ck_trades_balances,
        ADD CONSTRAINT ck_trades_balances CHECK (balance_after >= 0 AND balance_after <> 'NaN' AND holding_after >= 0 AND holding_after <> 'NaN')`);
    await db.query(`DROP INDEX ix_positions_kept`);
    await db.query(`
      ALTER TABLE positions
        DROP CONSTRAINT ck_positions_stops,
        DROP CONSTRAINT ck_positions_entry,
        DROP COLUMN funding_until,
        DROP COLUMN levels_since,
        DROP COLUMN expires_at,
        DROP COLUMN stop_distance,
        DROP COLUMN entry_notional`);
  }
}
