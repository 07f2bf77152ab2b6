import type { VenueRules } from '../../domain/trading/venue-rules.js';
import type { TradeChannel } from './trade-channel.js';

/** Half of a margin of a fifteenth. */
const ONE_THIRTIETH = '0.033333333333333333';

/**
 * `szDecimals` of the perpetuals; prices have 6 less that many decimals, and five significant figures. The maintenance
 * margin is half the initial margin at the highest leverage of the tier (`marginTables` 56 and 55).
 */
const MARKETS: Readonly<Record<string, Pick<VenueRules, 'quantityStep' | 'tickSize' | 'perpetual'>>> = {
  BTC: {
    quantityStep: '0.00001',
    tickSize: '0.1',
    perpetual: {
      maintenanceMarginRate: '0.0125',
      maxLeverage: 40,
      upperTiers: [{ from: '150000000', maintenanceMarginRate: '0.025', maxLeverage: 20 }],
    },
  },
  ETH: {
    quantityStep: '0.0001',
    tickSize: '0.01',
    perpetual: {
      maintenanceMarginRate: '0.02',
      maxLeverage: 25,
      upperTiers: [{ from: '100000000', maintenanceMarginRate: ONE_THIRTIETH, maxLeverage: 15 }],
    },
  },
};

const COMMON = {
  priceFigures: 5,
  minimumNotional: '10',
  // The largest market order of coins with a highest leverage of 25 or more.
  maximumNotional: '15000000',
  takerFeeRate: '0.00045',
  makerFeeRate: '0.00015',
  quoteAsset: 'USDC',
} as const;

const RULES: ReadonlyMap<string, VenueRules> = new Map(
  Object.entries(MARKETS).map(([symbol, market]) => [symbol, Object.freeze({ ...market, ...COMMON })]),
);

/** Hyperliquid perpetuals against USDC: long and short with isolated margin, 0.045 % taker, 0.015 % maker. */
export const hyperliquidPerp: TradeChannel = {
  name: 'hyperliquid_perp',
  displayName: 'Hyperliquid perpetuals',
  quoteAsset: 'USDC',
  canShort: true,
  modes: ['paper'],
  symbols: Object.keys(MARKETS),
  rulesFor(symbol: string): VenueRules {
    const rules = RULES.get(symbol);
    if (!rules) throw new Error(`Hyperliquid does not trade "${symbol}".`);
    return rules;
  },
};
