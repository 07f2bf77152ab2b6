import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit log is append-only for everybody, its owner included. The program's role has no right to change it in
 * the first place (src/platform/database/app-role.ts); this also holds where a server is run with one role only.
 */
export class ProtectAuditLog1763900200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_change_of_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await db.query(`
      CREATE TRIGGER tg_audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_log()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TRIGGER tg_audit_log_append_only ON audit_log`);
    await db.query(`DROP FUNCTION refuse_change_of_audit_log()`);
  }
}
