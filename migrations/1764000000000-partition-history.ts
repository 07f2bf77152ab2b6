import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What grows with every run is kept by the month: executions and analyses by the time in their run's id (UUID version 7:
 * its first 48 bits are milliseconds), snapshots by the time they were taken. A month can then be dropped whole, and
 * nothing that is written today waits for it.
 *
 * No foreign key leads out of or into these tables: to drop a partition that has one locks the table at its other end,
 * and checking it costs every row. Invariants look for what the keys forbade; the purge of portfolios deletes from all.
 *
 * The id of an execution carries the time of its run, so that it leads to the run, and with the portfolio to one entry of
 * one index of one month. Ids of executions that are there already get it: their first 48 bits change, in orders and
 * trades too.
 */
export class PartitionHistory1764000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Copies all there is: the limit is for statements that people wait for.
    await db.query(`SET LOCAL statement_timeout = 0`);
    await db.query(`ALTER TABLE orders DROP CONSTRAINT fk_orders_execution`);
    for (const table of TABLES) await db.query(setAside(table));
    for (const statement of PARTITIONED) await db.query(statement);
    await db.query(LOWEST_ID_AT);
    await db.query(ENSURE_MONTH_PARTITIONS);
    // Who may call it is granted to the program's role by name; see src/platform/database/app-role.ts.
    await db.query(`REVOKE ALL ON FUNCTION ensure_month_partitions(timestamptz) FROM PUBLIC`);
    await db.query(ENSURE_MONTHS_THERE_ARE);
    await db.query(NEW_IDS);
    for (const table of ['orders', 'trades']) {
      await db.query(`UPDATE ${table} t SET execution_id = n.new_id FROM new_ids n WHERE n.id = t.execution_id`);
    }
    for (const [table, columns] of Object.entries(COLUMNS)) {
      const values = table === 'strategy_executions' ? columns.replace('id,', 'n.new_id,') : columns;
      const from =
        table === 'strategy_executions' ? 'former_strategy_executions JOIN new_ids n USING (id)' : `former_${table}`;
      await db.query(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM ${from}`);
      await db.query(`ANALYZE ${table}`);
    }
    await db.query(`DROP TABLE new_ids`);
    for (const table of TABLES) await db.query(`DROP TABLE former_${table}`);
  }

  /** Executions keep their new ids. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`SET LOCAL statement_timeout = 0`);
    for (const table of TABLES) await db.query(setAside(table));
    for (const statement of WHOLE) await db.query(statement);
    for (const [table, columns] of Object.entries(COLUMNS)) {
      await db.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM former_${table}`);
    }
    for (const statement of KEYS_OF_WHOLE) await db.query(statement);
    for (const table of TABLES) await db.query(`DROP TABLE former_${table}`);
    await db.query(`DROP FUNCTION ensure_month_partitions(timestamptz)`);
    await db.query(`DROP FUNCTION lowest_id_at(timestamptz)`);
  }
}

const TABLES = ['strategy_executions', 'agent_executions', 'portfolio_snapshots'] as const;

/** A table under another name, without the constraint whose index would stand in the way of the new one's. */
function setAside(table: (typeof TABLES)[number]): string {
  return `ALTER TABLE ${table} RENAME TO former_${table};
    ALTER TABLE former_${table} DROP CONSTRAINT pk_${table}`;
}

/** Fixed width first, then what varies: nothing is lost to alignment. */
const EXECUTION_COLUMNS = `
  executed_at timestamptz NOT NULL,
  conviction_score double precision,
  signal_strength double precision,
  position_size double precision,
  distance_to_buy double precision,
  distance_to_sell double precision,
  params_version integer NOT NULL,
  duration_us integer NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  portfolio_id uuid NOT NULL,
  should_execute boolean NOT NULL,
  status varchar(16) NOT NULL,
  signal varchar(8),
  risk_level varchar(8),
  reasons jsonb NOT NULL,
  state_before jsonb NOT NULL,
  error jsonb,
  CONSTRAINT ck_strategy_executions_status CHECK (status IN ('completed', 'failed', 'skipped')),
  CONSTRAINT ck_strategy_executions_signal CHECK (signal IN ('BUY', 'SELL', 'HOLD')),
  CONSTRAINT ck_strategy_executions_failed CHECK (status <> 'failed' OR error IS NOT NULL)`;

const ANALYSIS_COLUMNS = `
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
  CONSTRAINT ck_agent_executions_status CHECK (status IN ('success', 'unavailable', 'failed', 'timeout')),
  CONSTRAINT ck_agent_executions_mode CHECK (mode IN ('rules', 'llm')),
  CONSTRAINT ck_agent_executions_score CHECK (score BETWEEN -100 AND 100),
  CONSTRAINT ck_agent_executions_success CHECK (status <> 'success' OR score IS NOT NULL)`;

const SNAPSHOT_COLUMNS = `
  taken_at timestamptz NOT NULL,
  portfolio_id uuid NOT NULL,
  total_value numeric(38,18) NOT NULL,
  cash numeric(38,18) NOT NULL,
  positions_value numeric(38,18) NOT NULL,
  price numeric(38,18),
  CONSTRAINT pk_portfolio_snapshots PRIMARY KEY (portfolio_id, taken_at),
  CONSTRAINT ck_portfolio_snapshots_money CHECK (total_value <> 'NaN' AND cash <> 'NaN' AND positions_value <> 'NaN' AND price <> 'NaN')`;

/**
 * One index an execution, in the order in which rows are written: a chunk touches a few pages at its end. With the portfolio
 * first it would touch a page an instance and stay half empty, for an instance's rows come one by one. The history of an
 * instance goes by the runs of its definition instead. Snapshots have no such list beside them and do begin with the
 * portfolio; what an hour wrote lies together, and block ranges (BRIN) lead to it for next to nothing.
 */
const PARTITIONED = [
  `CREATE TABLE strategy_executions (${EXECUTION_COLUMNS},
     CONSTRAINT pk_strategy_executions PRIMARY KEY (run_id, portfolio_id)) PARTITION BY RANGE (run_id)`,
  `CREATE TABLE agent_executions (${ANALYSIS_COLUMNS}) PARTITION BY RANGE (run_id)`,
  `CREATE TABLE portfolio_snapshots (${SNAPSHOT_COLUMNS}) PARTITION BY RANGE (taken_at)`,
  `CREATE INDEX ix_portfolio_snapshots_taken ON portfolio_snapshots USING brin (taken_at)`,
];

const WHOLE = [
  `CREATE TABLE strategy_executions (${EXECUTION_COLUMNS}, CONSTRAINT pk_strategy_executions PRIMARY KEY (id),
     CONSTRAINT uq_strategy_executions_instance UNIQUE (run_id, portfolio_id))`,
  `CREATE TABLE agent_executions (${ANALYSIS_COLUMNS})`,
  `CREATE TABLE portfolio_snapshots (${SNAPSHOT_COLUMNS})`,
];

const KEYS_OF_WHOLE = [
  `CREATE INDEX ix_strategy_executions_portfolio ON strategy_executions (portfolio_id, id)`,
  `ALTER TABLE strategy_executions
     ADD CONSTRAINT fk_strategy_executions_run FOREIGN KEY (run_id) REFERENCES strategy_runs (id),
     ADD CONSTRAINT fk_strategy_executions_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id)`,
  `ALTER TABLE agent_executions
     ADD CONSTRAINT fk_agent_executions_run FOREIGN KEY (run_id) REFERENCES strategy_runs (id)`,
  `ALTER TABLE portfolio_snapshots
     ADD CONSTRAINT fk_portfolio_snapshots_portfolio FOREIGN KEY (portfolio_id) REFERENCES portfolios (id)`,
  `ALTER TABLE orders
     ADD CONSTRAINT fk_orders_execution FOREIGN KEY (execution_id) REFERENCES strategy_executions (id)`,
];

/** In the order in which the old tables were written, so that neighbours stay neighbours. */
const COLUMNS: Readonly<Record<(typeof TABLES)[number], string>> = {
  strategy_executions: `id, run_id, portfolio_id, status, conviction_score, signal, signal_strength, position_size,
    risk_level, should_execute, reasons, distance_to_buy, distance_to_sell, params_version, state_before, duration_us,
    error, executed_at`,
  agent_executions: `run_id, agent_name, status, score, signal, confidence, reasoning, details, mode, degraded,
    llm_provider, llm_model, llm_tokens, llm_cost, error, duration_ms, created_at`,
  portfolio_snapshots: `portfolio_id, taken_at, total_value, cash, positions_value, price`,
};

/** The bound between the ids made before a time and those made from then on. */
const LOWEST_ID_AT = `
  CREATE FUNCTION lowest_id_at(at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
  $$`;

/**
 * Makes the partitions of the month of a time and of the two after it, for every table that is partitioned by the
 * month. The program's role may call it, and may not make tables: it runs as its owner, with a search path that nobody
 * else can write to. A partition is made beside the table and then attached, which waits for nobody who reads or writes
 * (CREATE TABLE ... PARTITION OF would lock the whole table). Twice is the same as once; when all is there, it takes
 * no lock at all. There is no default partition: a month could not be detached while others write.
 */
const ENSURE_MONTH_PARTITIONS = `
  CREATE FUNCTION ensure_month_partitions(at timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  DECLARE
    missing CONSTANT text := $query$
      SELECT t.relname AS parent, t.relname || to_char(m.month, '_YYYY_MM') AS child, k.atttypid = 'uuid'::regtype AS by_id,
        m.month, m.month + interval '1 month' AS following
      FROM pg_partitioned_table p
      JOIN pg_class t ON t.oid = p.partrelid
      JOIN pg_attribute k ON k.attrelid = t.oid AND k.attnum = p.partattrs[0]
      CROSS JOIN generate_series(date_trunc('month', $1), date_trunc('month', $1) + interval '2 months', interval '1 month')
        AS m (month)
      WHERE t.relnamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT 1 FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = t.oid AND c.relname = t.relname || to_char(m.month, '_YYYY_MM'))
      ORDER BY t.relname, m.month $query$;
    partition record;
    brin name;
    made integer := 0;
    low text;
    high text;
  BEGIN
    IF at IS NULL OR at < '2000-01-01' OR at >= '2100-01-01' THEN
      RAISE EXCEPTION 'There are no months for %: a clock is wrong.', at USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE 'SELECT 1 FROM (' || missing || ') AS m LIMIT 1' INTO partition USING at;
    IF partition IS NULL THEN
      RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(7262668);
    FOR partition IN EXECUTE missing USING at LOOP
      IF partition.by_id THEN
        low := public.lowest_id_at(partition.month);
        high := public.lowest_id_at(partition.following);
      ELSE
        low := partition.month;
        high := partition.following;
      END IF;
      EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING ALL)', partition.child, partition.parent);
      FOR brin IN SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
        WHERE i.indrelid = format('public.%I', partition.child)::regclass AND a.amname = 'brin'
      LOOP
        -- Else a range counts only when the table is next vacuumed, and until then everything behind it is read.
        EXECUTE format('ALTER INDEX public.%I SET (autosummarize = on)', brin);
      END LOOP;
      EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        partition.parent, partition.child, low, high);
      made := made + 1;
    END LOOP;
    RETURN made;
  END $$`;

/** Of runs that are there, also those that nothing has been written for yet, and of snapshots; and of now. */
const ENSURE_MONTHS_THERE_ARE = `
  SELECT ensure_month_partitions(month) FROM (
    SELECT date_trunc('month', to_timestamp(('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0), 'UTC')
      AS month FROM strategy_runs
    UNION SELECT date_trunc('month', taken_at, 'UTC') FROM former_portfolio_snapshots
    UNION SELECT date_trunc('month', now(), 'UTC')) months
  ORDER BY month`;

/** The time of the run, and the rest as it was. */
const NEW_IDS = `
  CREATE TEMPORARY TABLE new_ids AS
  SELECT id, (left(replace(run_id::text, '-', ''), 12) || right(replace(id::text, '-', ''), 20))::uuid AS new_id
  FROM former_strategy_executions`;
