import type { Schemas } from '../api/client.js';

type Run = Schemas['RunView'];
type EvaluateBody = Schemas['EvaluateBody'];

/** The market of the latest finished run, in the form of a what-if request. */
export interface CurrentMarket {
  readonly at: string;
  readonly market: 'simulated' | 'replay' | 'live' | undefined;
  readonly given: Pick<EvaluateBody, 'analyses' | 'market'>;
}

/**
 * Null when no run has a price and analyses yet.
 * @param runs newest first.
 * @param outputsRead outputs that the decision agent reads besides scores; the server refuses others.
 */
export function currentMarketOf(
  runs: readonly Run[],
  outputsRead: Readonly<Record<string, readonly string[]>>,
): CurrentMarket | null {
  for (const { status, scheduled_for: at, market_snapshot: snapshot, analyses } of runs) {
    const price = observed(snapshot, 'price');
    if ((status !== 'completed' && status !== 'degraded') || typeof price !== 'string' || !analyses) continue;
    const said = analyses.flatMap(({ agent_name, score, details }) =>
      score === null ? [] : [[agent_name, { ...outputsOf(details, outputsRead[agent_name] ?? []), score }] as const],
    );
    const market = {
      price,
      change_24h_percent: numberIn(snapshot, 'change_24h_percent'),
      fear_greed: numberIn(snapshot, 'fear_greed'),
      dxy: numberIn(snapshot, 'dxy'),
    };
    const source = snapshot?.['market'] as CurrentMarket['market'];
    return { at, market: source, given: { analyses: Object.fromEntries(said), market } };
  }
  return null;
}

/**
 * The request of a what-if.
 * @param channel capabilities of the template's venue; null: unknown, then everything is allowed.
 */
export function whatIfOf(
  { given }: CurrentMarket,
  channel: Schemas['DefinitionView']['channel'],
  own: Required<Pick<EvaluateBody, 'params' | 'portfolio'>>,
): EvaluateBody {
  return { ...given, ...own, ...(channel ? { channel } : {}) };
}

/** A value of the snapshot is `{value, source, observed_at}`, or null when it was missing. */
export function observed(snapshot: object | null, name: string): unknown {
  const reading = (snapshot as Record<string, unknown> | null)?.[name];
  return typeof reading === 'object' && reading !== null ? (reading as { value?: unknown }).value : null;
}

function numberIn(snapshot: object | null, name: string): number | null {
  const value = observed(snapshot, name);
  return typeof value === 'number' ? value : null;
}

function outputsOf(details: object, names: readonly string[]): Record<string, unknown> {
  const outputs = (details as { outputs?: Readonly<Record<string, unknown>> }).outputs ?? {};
  return Object.fromEntries(names.filter((name) => name in outputs).map((name) => [name, outputs[name]]));
}

type EndedRun = Pick<Schemas['RunView'], 'status' | 'scheduled_for' | 'error'>;

/** Why and since when runs fail, as far back as these go; null: the last one that ended succeeded. @param runs newest first. */
export function runFailureOf(runs: readonly EndedRun[]): Schemas['RunFailureView'] | null {
  const ended = runs.filter(({ status }) => ['completed', 'degraded', 'failed'].includes(status));
  const succeeded = ended.findIndex(({ status }) => status !== 'failed');
  const failed = succeeded < 0 ? ended : ended.slice(0, succeeded);
  const error = failed[0]?.error;
  return error ? { ...error, since: failed.at(-1)!.scheduled_for } : null;
}
