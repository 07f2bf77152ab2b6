import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Some models need a parameter of their own: Qwen3 refuses an answer in one piece without `enable_thinking: false`. */
export class AddLlmExtraParameters1764180000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE agent_registry ADD COLUMN llm_extra_parameters jsonb NOT NULL DEFAULT '{}'::jsonb`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE agent_registry DROP COLUMN llm_extra_parameters`);
  }
}
