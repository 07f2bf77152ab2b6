import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Hours of perpetual positions whose funding is owed or settled, and how positions ended that owed some. Positions that
 * are open go on from `funding_until`: what was settled before has no hours here.
 */
export class OweFunding1764160000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE funding_hours (
        portfolio_id uuid NOT NULL,
        symbol varchar(20) NOT NULL,
        hour timestamptz NOT NULL,
        opened_at timestamptz NOT NULL,
        quantity numeric(38,18) NOT NULL,
        price numeric(38,18),
        rate numeric(38,18),
        amount numeric(38,18),
        settled_at timestamptz,
        given_up_at timestamptz,
        CONSTRAINT pk_funding_hours PRIMARY KEY (portfolio_id, symbol, hour),
        CONSTRAINT fk_funding_hours_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id),
        CONSTRAINT ck_funding_hours_quantity CHECK (quantity <> 0 AND quantity <> 'NaN'),
        CONSTRAINT ck_funding_hours_settled CHECK (num_nonnulls(price, rate, amount, settled_at) IN (0, 4) AND (settled_at IS NULL OR given_up_at IS NULL)),
        CONSTRAINT ck_funding_hours_money CHECK (price > 0 AND price <> 'NaN' AND rate <> 'NaN' AND amount <> 'NaN')
      )`);
    await db.query(
      `CREATE INDEX ix_funding_hours_owed ON funding_hours (symbol, hour, portfolio_id)
       WHERE (settled_at IS NULL) AND (given_up_at IS NULL)`,
    );
    await db.query(`
      CREATE TABLE closed_positions (
        portfolio_id uuid NOT NULL,
        symbol varchar(20) NOT NULL,
        opened_at timestamptz NOT NULL,
        closed_at timestamptz NOT NULL,
        equity numeric(38,18) NOT NULL,
        taken_over boolean NOT NULL,
        CONSTRAINT pk_closed_positions PRIMARY KEY (portfolio_id, symbol, opened_at),
        CONSTRAINT fk_closed_positions_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id),
        CONSTRAINT ck_closed_positions_equity CHECK (equity <> 'NaN')
      )`);
    await db.query(`ALTER TABLE portfolios ADD COLUMN funded_at timestamptz`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE portfolios DROP COLUMN funded_at`);
    await db.query(`DROP TABLE closed_positions`);
    await db.query(`DROP TABLE funding_hours`);
  }
}
