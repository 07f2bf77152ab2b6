import { Client } from 'pg';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '../../../src/platform/clock.js';
import { MonthPartitions } from '../../../src/platform/database/month-partitions.js';
import { JobQueue } from '../../../src/platform/queue/job-queue.js';
import { RunMetrics } from '../../../src/scheduler/runs/run-metrics.js';
import { PlannerStore } from '../../../src/scheduler/planner/planner.store.js';
import { RunPlanner } from '../../../src/scheduler/planner/run-planner.js';
import { databaseOptions } from '../../../src/schema.js';
import { startProgram, type ProgramProcess } from '../program-process.js';
import { cpuTimeBetween, cpuTimeOf, type CpuTime } from './cpu-time.js';
import { measureRun, type MeasuredRun } from './measured-run.js';
import { RunEndings } from './run-endings.js';
import { addTradingInstances } from './trading-instances.js';
import { readCounts, workSince, type WorkerWork } from './worker-work.js';

export interface BenchSurroundings {
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
  /** Folder for CPU profiles of the workers; null: none are taken. */
  readonly profile: string | null;
}

/** A run, what it cost and what it did. */
export interface BenchRun extends MeasuredRun {
  readonly cpu: CpuTime;
  readonly work: WorkerWork;
}

/** What every measurement of runs needs: the database, the queue, and worker processes of the real program. */
export class BenchServices {
  private readonly workers: ProgramProcess[] = [];

  private constructor(
    readonly database: DataSource,
    /** The one connection of the floor. */
    readonly client: Client,
    private readonly queue: JobQueue,
    private readonly planner: RunPlanner,
    private readonly endings: RunEndings,
    private readonly place: { readonly databaseUrl: string; readonly folder: string },
    private readonly surroundings: BenchSurroundings,
  ) {}

  static async open(databaseUrl: string, folder: string, surroundings: BenchSurroundings): Promise<BenchServices> {
    const database = await new DataSource(databaseOptions(databaseUrl, { poolSize: 4 })).initialize();
    // The seeded definitions would run while others are measured.
    await database.query(`UPDATE strategy_definitions SET is_active = false`);
    const clock = new DatabaseClock(database, () => undefined);
    await clock.synchronise();
    const client = new Client({ connectionString: databaseUrl, application_name: 'conclave-bench' });
    client.on('error', () => undefined);
    await client.connect();
    const queue = new JobQueue({ kind: 'postgres', url: databaseUrl }, (error) => surroundings.progress(error.message));
    await queue.ready();
    return new BenchServices(
      database,
      client,
      queue,
      // What it counts goes nowhere: the programs that are measured have their own.
      new RunPlanner(
        database,
        new PlannerStore(),
        new MonthPartitions(database),
        clock,
        new RunMetrics({ registry: new Registry() }),
      ),
      await RunEndings.listen(client),
      { databaseUrl, folder },
      surroundings,
    );
  }

  /** Says what is done now. @throws when the bench was interrupted. */
  progress(line: string): void {
    this.surroundings.signal.throwIfAborted();
    this.surroundings.progress(line);
  }

  /** @returns the id of a new definition with so many instances that trade in every run. */
  async addInstances(name: string, count: number): Promise<number> {
    this.progress(`${count} instances of ${name}`);
    const id = await addTradingInstances(this.database, name, count);
    await this.client.query('VACUUM (ANALYZE)');
    await this.client.query('CHECKPOINT');
    return id;
  }

  /** Starts one more worker process. */
  async startWorker(): Promise<ProgramProcess> {
    const worker = await startProgram({ role: 'worker', ...this.place, profile: this.surroundings.profile });
    this.workers.push(worker);
    return worker;
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.stop()));
  }

  /** One run of all instances of a definition, by the workers there are. */
  async measureRun(definitionId: number, instances: number): Promise<BenchRun> {
    const { database, planner, queue, endings } = this;
    const metrics = this.workers.map((worker) => worker.metricsUrl);
    const counts = await readCounts(metrics);
    const before = await this.cpuTime();
    const run = await measureRun({ database, planner, queue, endings }, definitionId, instances);
    const cpu = cpuTimeBetween(before, await this.cpuTime());
    return { ...run, cpu, work: await workSince(counts, metrics, instances) };
  }

  /** What the workers and the database have used until now. */
  async cpuTime(): Promise<CpuTime> {
    const { rows } = await this.client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return cpuTimeOf(
      this.workers.map((worker) => worker.pid),
      rows[0]!.pid,
    );
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    await this.queue.close();
    await this.client.end();
    await this.database.destroy();
  }
}
