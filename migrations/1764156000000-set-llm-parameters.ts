import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What of a question differs from model to model: how its answer is bounded, and whether it takes a temperature. */
export class SetLlmParameters1764156000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE agent_registry
        ADD COLUMN llm_answer_tokens integer NOT NULL DEFAULT 600,
        ADD COLUMN llm_limit_parameter varchar(32) NOT NULL DEFAULT 'max_tokens',
        ADD COLUMN llm_sends_temperature boolean NOT NULL DEFAULT true,
        ADD CONSTRAINT ck_agent_registry_llm_answer_tokens CHECK (llm_answer_tokens BETWEEN 100 AND 100000),
        ADD CONSTRAINT ck_agent_registry_llm_limit_parameter
          CHECK (llm_limit_parameter IN ('max_tokens', 'max_completion_tokens'))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE agent_registry
        DROP COLUMN llm_answer_tokens, DROP COLUMN llm_limit_parameter, DROP COLUMN llm_sends_temperature`);
  }
}
