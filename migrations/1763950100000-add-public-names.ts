import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A default name holds the part of the owner's email before the @ where there is no full name: that is for the owner
 * and admins, everybody else sees this name. Given here to the instances that have such a name already.
 */
export class AddPublicNames1763950100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE portfolios ADD COLUMN public_name varchar(200)`);
    await db.query(`
      UPDATE portfolios p
      SET public_name = left(p.instance_name, -length(of_email.ending)) || ' - #' || p.instance_number
      FROM (
        SELECT p.id, ' - ' || regexp_replace(u.email, '@[^@]*$', '') || ' - #' || p.instance_number AS ending
        FROM portfolios p JOIN users u ON u.id = p.user_id
      ) of_email
      WHERE of_email.id = p.id AND right(p.instance_name, length(of_email.ending)) = of_email.ending`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE portfolios DROP COLUMN public_name`);
  }
}
