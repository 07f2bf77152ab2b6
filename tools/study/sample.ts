import { checkedAnalysis } from '../../src/business-agents/analysis-schema.js';
import { createBusinessAgents } from '../../src/business-agents/business-agents.catalogue.js';
import type { Analysis } from '../../src/domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../../src/domain/analysis/score.js';
import type { Decision } from '../../src/domain/decision/decision.js';
import { MultiAgentConvictionDecision } from '../../src/domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js';
import type { MarketSnapshot } from '../../src/domain/market/market-snapshot.js';
import { MarketDataUnavailable } from '../../src/market-data/market-data-errors.js';
import type { MarketDataSource } from '../../src/market-data/market-data-source.js';
import { snapshotOf } from '../../src/market-data/snapshot.js';
import { Toolbox, type RunSwitches } from '../../src/market-data/toolbox.js';

/** Everything that a run would have said at a moment. */
export interface Sample {
  readonly snapshot: MarketSnapshot;
  readonly analyses: Readonly<Record<string, Analysis | UnavailableAnalysis>>;
  /** Of an instance with the default params that holds nothing. */
  readonly decision: Decision;
}

const EVERYTHING_ON: RunSwitches = { agents: new Map(), tools: new Map(), apis: new Map() };
/** The history that is studied is one of spot prices. */
const STUDIED_CHANNEL = 'binance_spot';
const PORTFOLIO = { cash: '10000', quantity: '0', total_value: '10000' };
const SPOT = { can_short: false, max_leverage: 1 };
const NO_COUNTS = { consecutive_bullish_count: 0, consecutive_bearish_count: 0 };

export const BUSINESS_AGENTS = createBusinessAgents().all();
export const CONVICTION_AGENT = new MultiAgentConvictionDecision();

/**
 * Asks every business agent and the default conviction about one moment, as a run does.
 *
 * @returns null when there is no price: then a run decides nothing.
 * @throws MarketDataDefect when the source delivers something from the future.
 */
export async function sampleAt(source: MarketDataSource, symbol: string, at: Date): Promise<Sample | null> {
  const tools = toolboxAt(source, at);
  let snapshot: MarketSnapshot;
  try {
    snapshot = await snapshotOf(symbol, tools);
  } catch (error) {
    if (error instanceof MarketDataUnavailable) return null;
    throw error;
  }
  const said = await Promise.all(
    BUSINESS_AGENTS.map(
      async (agent) => [agent.name, checkedAnalysis(await agent.analyse({ symbol, at, tools }))] as const,
    ),
  );
  return { snapshot, analyses: Object.fromEntries(said), decision: decisionOf(snapshot, said) };
}

/** The price that a run at that moment would have seen; null without one. */
export async function priceAt(source: MarketDataSource, symbol: string, at: Date): Promise<number | null> {
  const { value } = await toolboxAt(source, at).price(symbol);
  return value === null ? null : Number(value.value);
}

function toolboxAt(source: MarketDataSource, at: Date): Toolbox {
  return new Toolbox(source, EVERYTHING_ON, at, STUDIED_CHANNEL, ({ tool, message }) => {
    throw new Error(`${tool} at ${at.toISOString()}: ${message}`);
  });
}

function decisionOf(
  snapshot: MarketSnapshot,
  said: readonly (readonly [string, Analysis | UnavailableAnalysis])[],
): Decision {
  const opinions = said.flatMap(([name, analysis]) => ('score' in analysis ? [[name, { score: analysis.score }]] : []));
  return CONVICTION_AGENT.decide({
    business_agents: CONVICTION_AGENT.defaultBusinessAgents,
    analyses: Object.fromEntries(opinions) as Record<string, { score: number }>,
    market: {
      price: snapshot.price.value,
      change_24h_percent: snapshot.change_24h_percent?.value ?? null,
      fear_greed: snapshot.fear_greed?.value ?? null,
      dxy: snapshot.dxy?.value ?? null,
    },
    symbol: snapshot.symbol,
    channel: SPOT,
    params: CONVICTION_AGENT.defaultParams,
    portfolio: PORTFOLIO,
    state: NO_COUNTS,
  });
}
