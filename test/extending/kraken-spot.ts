import type { VenueRules } from '../../src/domain/trading/venue-rules.js';
import type { TradeChannel } from '../../src/trading/channels/trade-channel.js';

/** The steps of the venue's pairs, by base asset. */
const STEPS: Readonly<Record<string, Pick<VenueRules, 'quantityStep' | 'tickSize'>>> = {
  BTC: { quantityStep: '0.00000001', tickSize: '0.1' },
  SOL: { quantityStep: '0.00000001', tickSize: '0.01' },
};

const COMMON = { minimumNotional: '5', takerFeeRate: '0.004', makerFeeRate: '0.0025', quoteAsset: 'USD' } as const;

/** Put together once: a page of instances asks for them once an instance. */
const RULES: ReadonlyMap<string, VenueRules> = new Map(
  Object.entries(STEPS).map(([symbol, steps]) => [symbol, Object.freeze({ ...steps, ...COMMON })]),
);

export const krakenSpot: TradeChannel = {
  name: 'kraken_spot',
  displayName: 'Kraken spot',
  quoteAsset: COMMON.quoteAsset,
  canShort: false,
  modes: ['paper'],
  symbols: Object.keys(STEPS),
  rulesFor(symbol: string): VenueRules {
    const rules = RULES.get(symbol);
    if (!rules) throw new Error(`Kraken spot does not trade "${symbol}".`);
    return rules;
  },
};
