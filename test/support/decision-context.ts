import type {
  DecisionChannel,
  DecisionContext,
  DecisionMarket,
  InstanceState,
  OpenPosition,
} from '../../src/domain/decision/decision.js';
import { Money, toText } from '../../src/domain/money/decimal.js';

const CALM_MARKET: DecisionMarket = { price: '100', change_24h_percent: 0, fear_greed: 50, dxy: 100 };

const NO_COUNTS: InstanceState = { consecutive_bullish_count: 0, consecutive_bearish_count: 0 };

/**
 * A context for a decision agent with analyses of these scores and a portfolio of 10000 whose holding is
 * `positionRatio` of its value, exactly.
 */
export function decisionContext<Params>(given: {
  readonly scores: Readonly<Record<string, number>>;
  readonly params: Params;
  readonly businessAgents?: readonly string[];
  readonly market?: Partial<DecisionMarket>;
  readonly positionRatio?: number;
  readonly state?: Partial<InstanceState>;
  /** What the agents say besides their scores. */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, number | string | null>>>>;
  readonly channel?: DecisionChannel;
  readonly openPositions?: readonly OpenPosition[];
  readonly minutesSinceLastTrade?: number | null;
}): DecisionContext<Params> {
  const market = { ...CALM_MARKET, ...given.market };
  const holding = new Money(10_000).mul(given.positionRatio ?? 0.5);
  return {
    business_agents: given.businessAgents ?? Object.keys(given.scores),
    analyses: Object.fromEntries(
      Object.entries(given.scores).map(([agent, score]) => [agent, { ...given.outputs?.[agent], score }]),
    ),
    market,
    symbol: 'BTC',
    channel: given.channel ?? { can_short: true, max_leverage: 40 },
    params: given.params,
    portfolio: {
      cash: toText(new Money(10_000).sub(holding)),
      quantity: toText(holding.div(market.price)),
      total_value: '10000',
      ...(given.openPositions ? { open_positions: given.openPositions } : {}),
      minutes_since_last_trade: given.minutesSinceLastTrade ?? null,
    },
    state: { ...NO_COUNTS, ...given.state },
  };
}
