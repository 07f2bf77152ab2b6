import type { VenueRules } from '../../domain/trading/venue-rules.js';

/** Injection token of the `NamedCatalogue<TradeChannel>`. */
export const TRADE_CHANNELS = Symbol('TRADE_CHANNELS');

/**
 * A venue that orders can go to, described as data: what it trades, what it can do, and the rules that
 * its orders obey in paper and live mode alike.
 */
export interface TradeChannel {
  /** `trade_channel` of a definition. */
  readonly name: string;
  readonly displayName: string;
  /** The asset that money is kept and counted in. */
  readonly quoteAsset: string;
  readonly canShort: boolean;
  readonly modes: readonly ('paper' | 'live')[];
  /** Base assets that can be traded. */
  readonly symbols: readonly string[];
  /** @throws Error for a symbol that the channel does not trade. */
  rulesFor(symbol: string): VenueRules;
}

/** Whether a symbol is a perpetual at a channel: held with margin, funded and liquidated. An unknown one is none. */
export function isPerpetualAt(channel: TradeChannel | null, symbol: string): boolean {
  return channel !== null && channel.symbols.includes(symbol) && channel.rulesFor(symbol).perpetual !== undefined;
}
