import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a run's decisions rested on besides market and analyses, so that they can be computed again after the
 * definition has changed; and the results of the invariant checks.
 */
export class StoreDecisionBasis1763900100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE strategy_runs
        ADD COLUMN business_agents jsonb,
        ADD COLUMN decision_agent_class varchar(200),
        ADD COLUMN decision_agent_version varchar(32),
        ADD COLUMN slippage_bps double precision`);
    // Of runs that are there already it is known only while their definition is still the one they were made from.
    await db.query(`
      UPDATE strategy_runs r SET business_agents = d.business_agents, decision_agent_class = d.decision_agent_class
      FROM strategy_definitions d
      WHERE d.id = r.definition_id AND d.version = r.definition_version AND r.market_snapshot IS NOT NULL`);
    await db.query(`
      CREATE TABLE invariant_checks (
        id uuid NOT NULL,
        checked_at timestamptz NOT NULL,
        duration_ms integer NOT NULL,
        violated integer NOT NULL,
        results jsonb NOT NULL,
        CONSTRAINT pk_invariant_checks PRIMARY KEY (id)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE invariant_checks`);
    await db.query(`
      ALTER TABLE strategy_runs
        DROP COLUMN business_agents,
        DROP COLUMN decision_agent_class,
        DROP COLUMN decision_agent_version,
        DROP COLUMN slippage_bps`);
  }
}
