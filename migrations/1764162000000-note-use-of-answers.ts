import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a question's answer was last used: what has just been used is about to be written down, and is not dropped. */
export class NoteUseOfAnswers1764162000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE llm_calls ADD COLUMN used_at timestamptz NOT NULL DEFAULT now()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE llm_calls DROP COLUMN used_at`);
  }
}
