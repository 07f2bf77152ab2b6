import type { MigrationInterface, QueryRunner } from 'typeorm';

/** LLM mode: its settings for each agent, the questions with what came of them, and what they cost a day. */
export class CreateLlmCalls1764130000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE agent_registry
        ADD COLUMN llm_enabled boolean NOT NULL DEFAULT false,
        ADD COLUMN llm_model varchar(100),
        ADD COLUMN llm_input_price numeric(38,18),
        ADD COLUMN llm_output_price numeric(38,18),
        ADD COLUMN llm_daily_budget numeric(38,18) NOT NULL DEFAULT 1,
        ADD CONSTRAINT ck_agent_registry_llm_complete
          CHECK (NOT llm_enabled OR (llm_model IS NOT NULL AND llm_input_price IS NOT NULL AND llm_output_price IS NOT NULL)),
        ADD CONSTRAINT ck_agent_registry_llm_amounts
          CHECK (llm_input_price BETWEEN 0 AND 1000000 AND llm_output_price BETWEEN 0 AND 1000000 AND llm_daily_budget BETWEEN 0 AND 1000000)`);
    await db.query(`
      CREATE TABLE llm_calls (
        id uuid NOT NULL,
        agent_name varchar(64) NOT NULL,
        provider varchar(500) NOT NULL,
        model varchar(100) NOT NULL,
        content_hash varchar(64) NOT NULL,
        prompt jsonb NOT NULL,
        status varchar(16) NOT NULL,
        answer text,
        answer_hash varchar(64),
        verdict jsonb,
        error jsonb,
        prompt_tokens integer,
        completion_tokens integer,
        reserved numeric(38,18) NOT NULL,
        cost numeric(38,18) NOT NULL,
        cost_known boolean NOT NULL DEFAULT false,
        day date NOT NULL,
        asked_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        answered_at timestamptz,
        CONSTRAINT pk_llm_calls PRIMARY KEY (id),
        CONSTRAINT ck_llm_calls_status CHECK (status IN ('asked', 'answered', 'failed')),
        CONSTRAINT ck_llm_calls_answered CHECK (status <> 'answered' OR verdict IS NOT NULL),
        CONSTRAINT ck_llm_calls_cost CHECK (reserved >= 0 AND reserved <> 'NaN' AND cost >= 0 AND cost <> 'NaN')
      )`);
    await db.query(`CREATE UNIQUE INDEX uq_llm_calls_content ON llm_calls (content_hash) WHERE status <> 'failed'`);
    await db.query(`CREATE INDEX ix_llm_calls_agent ON llm_calls (agent_name, id)`);
    await db.query(`
      CREATE TABLE llm_spending (
        agent_name varchar(64) NOT NULL,
        day date NOT NULL,
        spent numeric(38,18) NOT NULL,
        CONSTRAINT pk_llm_spending PRIMARY KEY (agent_name, day),
        CONSTRAINT ck_llm_spending_spent CHECK (spent >= 0 AND spent <> 'NaN')
      )`);
    await db.query(`
      ALTER TABLE agent_executions ADD COLUMN llm_call_id uuid, ALTER COLUMN llm_provider TYPE varchar(500)`);
    // An address ends with the version, as it does everywhere else where people enter it.
    await db.query(`
      UPDATE api_config SET base_url = 'https://api.openai.com/v1'
      WHERE api_name = 'llm_api' AND base_url = 'https://api.openai.com'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      UPDATE api_config SET base_url = 'https://api.openai.com'
      WHERE api_name = 'llm_api' AND base_url = 'https://api.openai.com/v1'`);
    await db.query(`
      ALTER TABLE agent_executions DROP COLUMN llm_call_id, ALTER COLUMN llm_provider TYPE varchar(100) USING left(llm_provider, 100)`);
    await db.query(`DROP TABLE llm_spending`);
    await db.query(`DROP TABLE llm_calls`);
    await db.query(`
      ALTER TABLE agent_registry
        DROP COLUMN llm_enabled, DROP COLUMN llm_model, DROP COLUMN llm_input_price, DROP COLUMN llm_output_price,
        DROP COLUMN llm_daily_budget`);
  }
}
