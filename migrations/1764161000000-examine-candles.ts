import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Up to when the candles of a market were examined, which of them are missing, which positions could not be kept, and what an
 * exit was computed from. A market without a row begins with the oldest levels that are open.
 */
export class ExamineCandles1764161000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE kept_markets (
        channel varchar(32) NOT NULL,
        symbol varchar(20) NOT NULL,
        examined_until timestamptz NOT NULL,
        CONSTRAINT pk_kept_markets PRIMARY KEY (channel, symbol)
      )`);
    await db.query(`
      CREATE TABLE candle_gaps (
        channel varchar(32) NOT NULL,
        symbol varchar(20) NOT NULL,
        opens_at timestamptz NOT NULL,
        closes_at timestamptz NOT NULL,
        found_at timestamptz NOT NULL,
        ended_at timestamptz,
        outcome varchar(16),
        CONSTRAINT pk_candle_gaps PRIMARY KEY (channel, symbol, opens_at),
        CONSTRAINT ck_candle_gaps_outcome CHECK (outcome IN ('examined', 'given_up') AND (outcome IS NULL) = (ended_at IS NULL))
      )`);
    await db.query(`CREATE INDEX ix_candle_gaps_open ON candle_gaps (channel, symbol) WHERE (ended_at IS NULL)`);
    await db.query(`
      CREATE TABLE keeping_faults (
        portfolio_id uuid NOT NULL,
        symbol varchar(20) NOT NULL,
        task varchar(16) NOT NULL,
        message text NOT NULL,
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        times integer NOT NULL,
        CONSTRAINT pk_keeping_faults PRIMARY KEY (portfolio_id, symbol, task),
        CONSTRAINT fk_keeping_faults_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id),
        CONSTRAINT ck_keeping_faults_task CHECK (task IN ('exits', 'funding'))
      )`);
    await db.query(`ALTER TABLE position_exits ADD COLUMN basis jsonb`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE position_exits DROP COLUMN basis`);
    await db.query(`DROP TABLE keeping_faults`);
    await db.query(`DROP TABLE candle_gaps`);
    await db.query(`DROP TABLE kept_markets`);
  }
}
