import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A password that was generated, or that somebody else set, is changed by its user. Which ones were is not known of before. */
export class AskForNewPasswords1764192000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE users ADD COLUMN must_change_password boolean NOT NULL DEFAULT false`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE users DROP COLUMN must_change_password`);
  }
}
