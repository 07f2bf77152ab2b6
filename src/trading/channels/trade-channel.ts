import type { VenueRules } from '../../domain/trading/venue-rules.js';

/** Injection token of the `NamedCatalogue<TradeChannel>`. */
export const TRADE_CHANNELS = Symbol('TRADE_CHANNELS');

/**
 * A venue described as data: its symbols, its capabilities, and the rules that orders obey in paper and live mode alike.
 */
export interface TradeChannel {
  /** `trade_channel` of a definition. */
  readonly name: string;
  readonly displayName: string;
  /** Asset of cash, prices and values. */
  readonly quoteAsset: string;
  readonly canShort: boolean;
  readonly modes: readonly ('paper' | 'live')[];
  /** Base assets that can be traded. */
  readonly symbols: readonly string[];
  /** @throws Error for a symbol that the channel does not trade. */
  rulesFor(symbol: string): VenueRules;
}

/** False for an unknown channel or symbol. */
export function isPerpetualAt(channel: TradeChannel | null, symbol: string): boolean {
  return channel !== null && channel.symbols.includes(symbol) && channel.rulesFor(symbol).perpetual !== undefined;
}
