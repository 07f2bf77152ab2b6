import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An event for each definition whose instances have another value without a run, by a valuation or because something has
 * closed a position. One row a definition, however many instances it has.
 */
export class TellValuations1764164000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE stream_events ADD COLUMN definition_id integer`);
    await db.query(`ALTER TABLE stream_events DROP CONSTRAINT ck_stream_events_kind`);
    await db.query(`
      ALTER TABLE stream_events ADD CONSTRAINT ck_stream_events_kind
        CHECK (kind IN ('tick', 'run', 'chunk', 'instance', 'valuation'))`);
    await db.query(`
      CREATE FUNCTION record_exit_events() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO stream_events (kind, definition_id)
        SELECT DISTINCT 'valuation', p.strategy_definition_id FROM made JOIN portfolios p ON p.id = made.portfolio_id;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER tg_position_exits_made AFTER INSERT ON position_exits REFERENCING NEW TABLE AS made
      FOR EACH STATEMENT EXECUTE FUNCTION record_exit_events()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TRIGGER tg_position_exits_made ON position_exits`);
    await db.query(`DROP FUNCTION record_exit_events()`);
    await db.query(`DELETE FROM stream_events WHERE kind = 'valuation'`);
    await db.query(`ALTER TABLE stream_events DROP CONSTRAINT ck_stream_events_kind`);
    await db.query(`
      ALTER TABLE stream_events ADD CONSTRAINT ck_stream_events_kind
        CHECK (kind IN ('tick', 'run', 'chunk', 'instance'))`);
    await db.query(`ALTER TABLE stream_events DROP COLUMN definition_id`);
  }
}
