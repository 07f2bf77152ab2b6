import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Switches, limits and encrypted keys of agents, tools and APIs. */
export class CreateRegistries1763800100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agent_registry (
        agent_name varchar(64) NOT NULL,
        display_name varchar(200) NOT NULL,
        description text NOT NULL,
        agent_module varchar(200) NOT NULL,
        agent_class varchar(200) NOT NULL,
        available_tools jsonb NOT NULL,
        is_active boolean NOT NULL DEFAULT true,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_agent_registry PRIMARY KEY (agent_name)
      )`);
    await db.query(`
      CREATE TABLE tool_registry (
        tool_name varchar(64) NOT NULL,
        display_name varchar(200) NOT NULL,
        description text NOT NULL,
        tool_module varchar(200) NOT NULL,
        tool_function varchar(200) NOT NULL,
        required_apis jsonb NOT NULL,
        config jsonb NOT NULL,
        is_active boolean NOT NULL DEFAULT true,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_tool_registry PRIMARY KEY (tool_name)
      )`);
    await db.query(`
      CREATE TABLE api_config (
        api_name varchar(64) NOT NULL,
        display_name varchar(200) NOT NULL,
        description text NOT NULL,
        base_url varchar(500) NOT NULL,
        api_key_encrypted text,
        api_secret_encrypted text,
        key_last4 varchar(4),
        is_active boolean NOT NULL DEFAULT true,
        rate_limit integer NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_api_config PRIMARY KEY (api_name),
        CONSTRAINT ck_api_config_rate_limit CHECK (rate_limit BETWEEN 1 AND 100000)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE api_config`);
    await db.query(`DROP TABLE tool_registry`);
    await db.query(`DROP TABLE agent_registry`);
  }
}
