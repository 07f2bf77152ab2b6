import type { TradeChannel } from './trade-channel.js';
import { binanceSpot } from './binance-spot.js';
import { hyperliquidPerp } from './hyperliquid-perp.js';

/** All channels. To add one: write it, add it here, let its spec run the contract suite. */
export const TRADE_CHANNEL_LIST: readonly TradeChannel[] = [binanceSpot, hyperliquidPerp];
