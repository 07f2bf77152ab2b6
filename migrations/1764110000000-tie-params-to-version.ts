import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The params of a version never change: executions name the version that they were decided by, and workers remember
 * params by it. A change of one without the other is refused, also by hand. Costs a run nothing: it fires for
 * statements that set the params, which none of a run's does.
 */
export class TieParamsToVersion1764110000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_params_of_same_version() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'The params of an instance change together with their version: set params_version = params_version + 1, and add the params to portfolio_params_history.'
          USING ERRCODE = 'integrity_constraint_violation';
      END $$`);
    await db.query(`
      CREATE TRIGGER tg_portfolios_params_version BEFORE UPDATE OF instance_params ON portfolios FOR EACH ROW
      WHEN (NEW.instance_params IS DISTINCT FROM OLD.instance_params AND NEW.params_version <= OLD.params_version)
      EXECUTE FUNCTION refuse_params_of_same_version()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TRIGGER tg_portfolios_params_version ON portfolios`);
    await db.query(`DROP FUNCTION refuse_params_of_same_version()`);
  }
}
