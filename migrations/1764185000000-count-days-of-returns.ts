import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A return over missing days counts as its days. Sums of before know no gaps: each return is a day. */
export class CountDaysOfReturns1764185000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE past_returns ADD COLUMN span_days integer, ADD COLUMN last_day date`);
    await queryRunner.query(`UPDATE past_returns SET span_days = days`);
    await queryRunner.query(`ALTER TABLE past_returns ALTER COLUMN span_days SET NOT NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE past_returns DROP COLUMN span_days, DROP COLUMN last_day`);
  }
}
