import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs, their chunks, the shared analyses, and each instance's part in a run. */
export class CreateRuns1763800400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE strategy_runs (
        id uuid NOT NULL,
        definition_id integer NOT NULL,
        definition_version integer NOT NULL,
        scheduled_for timestamptz NOT NULL,
        trigger varchar(16) NOT NULL,
        status varchar(16) NOT NULL,
        market_snapshot jsonb,
        counters jsonb NOT NULL,
        chunks_total integer,
        chunks_done integer NOT NULL DEFAULT 0,
        lease_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        error jsonb,
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        CONSTRAINT pk_strategy_runs PRIMARY KEY (id),
        CONSTRAINT uq_strategy_runs_tick UNIQUE (definition_id, scheduled_for),
        CONSTRAINT fk_strategy_runs_definition FOREIGN KEY (definition_id) REFERENCES strategy_definitions (id),
        CONSTRAINT ck_strategy_runs_trigger CHECK (trigger IN ('schedule', 'manual')),
        CONSTRAINT ck_strategy_runs_status CHECK (status IN ('queued', 'analysing', 'deciding', 'completed', 'degraded', 'failed', 'skipped'))
      )`);
    await db.query(`CREATE INDEX ix_strategy_runs_open ON strategy_runs (created_at) WHERE (finished_at IS NULL)`);
    await db.query(`CREATE INDEX ix_strategy_runs_definition ON strategy_runs (definition_id, id)`);
    await db.query(`
      CREATE TABLE strategy_run_chunks (
        run_id uuid NOT NULL,
        chunk_index integer NOT NULL,
        first_portfolio_id uuid NOT NULL,
        last_portfolio_id uuid NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        finished_at timestamptz,
        CONSTRAINT pk_strategy_run_chunks PRIMARY KEY (run_id, chunk_index),
        CONSTRAINT fk_strategy_run_chunks_run FOREIGN KEY (run_id) REFERENCES strategy_runs (id)
      )`);
    await db.query(`
      CREATE TABLE agent_executions (
        run_id uuid NOT NULL,
        agent_name varchar(64) NOT NULL,
        status varchar(16) NOT NULL,
        score double precision,
        signal varchar(8),
        confidence double precision,
        reasoning text,
        details jsonb NOT NULL,
        mode varchar(8) NOT NULL,
        degraded boolean NOT NULL DEFAULT false,
        llm_provider varchar(100),
        llm_model varchar(100),
        llm_tokens integer,
        llm_cost numeric(38,18),
        error jsonb,
        duration_ms integer NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_agent_executions PRIMARY KEY (run_id, agent_name),
        CONSTRAINT fk_agent_executions_run FOREIGN KEY (run_id) REFERENCES strategy_runs (id),
        CONSTRAINT ck_agent_executions_status CHECK (status IN ('success', 'unavailable', 'failed', 'timeout')),
        CONSTRAINT ck_agent_executions_mode CHECK (mode IN ('rules', 'llm')),
        CONSTRAINT ck_agent_executions_score CHECK (score BETWEEN -100 AND 100),
        CONSTRAINT ck_agent_executions_success CHECK (status <> 'success' OR score IS NOT NULL)
      )`);
    await db.query(`
      CREATE TABLE strategy_executions (
        id uuid NOT NULL,
        run_id uuid NOT NULL,
        portfolio_id uuid NOT NULL,
        status varchar(16) NOT NULL,
        conviction_score double precision,
        signal varchar(8),
        signal_strength double precision,
        position_size double precision,
        risk_level varchar(8),
        should_execute boolean NOT NULL,
        reasons jsonb NOT NULL,
        distance_to_buy double precision,
        distance_to_sell double precision,
        params_version integer NOT NULL,
        state_before jsonb NOT NULL,
        duration_us integer NOT NULL,
        error jsonb,
        executed_at timestamptz NOT NULL,
        CONSTRAINT pk_strategy_executions PRIMARY KEY (id),
        CONSTRAINT uq_strategy_executions_instance UNIQUE (run_id, portfolio_id),
        CONSTRAINT fk_strategy_executions_run FOREIGN KEY (run_id) REFERENCES strategy_runs (id),
        CONSTRAINT fk_strategy_executions_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id),
        CONSTRAINT ck_strategy_executions_status CHECK (status IN ('completed', 'failed', 'skipped')),
        CONSTRAINT ck_strategy_executions_signal CHECK (signal IN ('BUY', 'SELL', 'HOLD')),
        CONSTRAINT ck_strategy_executions_failed CHECK (status <> 'failed' OR error IS NOT NULL)
      )`);
    await db.query(`CREATE INDEX ix_strategy_executions_portfolio ON strategy_executions (portfolio_id, id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE strategy_executions`);
    await db.query(`DROP TABLE agent_executions`);
    await db.query(`DROP TABLE strategy_run_chunks`);
    await db.query(`DROP TABLE strategy_runs`);
  }
}
