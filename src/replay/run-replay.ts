import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { InstanceCreationService, type Owner } from '../instances/instance-creation.service.js';
import type { VirtualClock } from '../platform/clock.js';
import { StartError } from '../platform/config/start-error.js';
import { InvalidContent } from '../platform/http/problems/app-errors.js';
import type { CsvSpan } from '../market-data/csv/csv-source.js';
import { ChunkHandler } from '../scheduler/chunks/chunk-handler.js';
import { PositionMonitor } from '../trading/positions/position-monitor.js';
import { RunHandler } from '../scheduler/runs/run-handler.js';
import { RunPlanner } from '../scheduler/planner/run-planner.js';
import { ReplayStore } from './replay.store.js';
import { paramVariant } from './param-variants.js';
import type { ReplayArguments } from './replay-arguments.js';

/** A price is known for two hours after the last candle has closed. */
const AFTER_LAST_CANDLE_MS = 2 * 3_600_000;

interface ReplayDefinition {
  readonly id: number;
  readonly trade_symbol: string;
  readonly rebalance_period_minutes: number;
  readonly default_params: Record<string, unknown>;
}

export interface ReplayProgress {
  start(ticks: number): void;
  tick(): void;
}

/**
 * Makes the instances and lets every tick happen: planner, run handler and chunk handler are those of the
 * server; only the clock and the waiting in the queue are not.
 * @param stopped asked before every tick; true ends the replay early.
 */
export async function runReplay(
  app: INestApplicationContext,
  clock: VirtualClock,
  args: ReplayArguments,
  spans: readonly CsvSpan[],
  progress: ReplayProgress,
  stopped: () => boolean,
): Promise<{ symbol: string; everyMinutes: number }> {
  const database = app.get(DataSource);
  const definition = await chooseDefinition(database, args);
  refuseOutsideHistory(spans, definition.trade_symbol, args);
  await makeInstances(app.get(InstanceCreationService), await makeOwner(database), definition, args);

  const planner = app.get(RunPlanner);
  const monitor = app.get(PositionMonitor);
  const runs = app.get(RunHandler);
  const chunks = app.get(ChunkHandler);
  const everyMs = definition.rebalance_period_minutes * 60_000;
  const first = Math.ceil(args.from.getTime() / everyMs) * everyMs;
  progress.start(Math.max(0, Math.ceil((args.until.getTime() - first) / everyMs)));
  for (let at = first; at < args.until.getTime() && !stopped(); at += everyMs) {
    clock.set(new Date(at));
    await monitor.settleAll();
    for (const runId of await planner.planDue()) {
      for (const chunk of await runs.handle(runId)) await chunks.handle(runId, chunk);
    }
    progress.tick();
  }
  return { symbol: definition.trade_symbol, everyMinutes: definition.rebalance_period_minutes };
}

/** Candles of another time would make a table of nothing that looks like a result. */
function refuseOutsideHistory(spans: readonly CsvSpan[], symbol: string, args: ReplayArguments): void {
  const own = spans.filter((span) => span.symbol === symbol);
  const covers = ({ from, to }: CsvSpan) =>
    from <= args.from && args.until.getTime() <= to.getTime() + AFTER_LAST_CANDLE_MS;
  if (own.some(covers)) return;
  const known = own.map(({ interval, from, to }) => `${interval} ${from.toISOString()} to ${to.toISOString()}`);
  const has =
    known.length > 0 ? `The history of ${symbol} spans ${known.join(', ')}` : `There is no history of ${symbol}`;
  throw new StartError(`${has}: choose --from and --to within it, or another folder.`, 2);
}

/** Finds the definition, gives it the wanted period, and switches all others off. */
async function chooseDefinition(database: DataSource, args: ReplayArguments): Promise<ReplayDefinition> {
  const definitions = await new ReplayStore(database).choose(args.definition, args.everyMinutes);
  const definition = definitions.find(({ name }) => name === args.definition);
  if (definition) return definition;
  const known = definitions.map(({ name }) => name).join(', ');
  throw new StartError(`There is no definition "${args.definition}". Known: ${known}.`, 2);
}

async function makeOwner(database: DataSource): Promise<Owner> {
  const owner = { email: 'replay@conclave.local', full_name: 'Replay' };
  return { id: await new ReplayStore(database).insertOwner(owner), ...owner };
}

async function makeInstances(
  creation: InstanceCreationService,
  owner: Owner,
  definition: ReplayDefinition,
  args: ReplayArguments,
): Promise<void> {
  try {
    for (let index = 0; index < args.instances; index++) {
      await creation.create(owner, {
        strategy_definition_id: definition.id,
        initial_balance: args.initialBalance,
        instance_params: paramVariant(definition.default_params, index),
      });
    }
  } catch (error) {
    if (!(error instanceof InvalidContent)) throw error;
    const problems = error.violations.map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`);
    throw new StartError(`The strategies cannot be created. ${problems.join(' ') || error.message}`, 2);
  }
}
