import { runTradeChannelContract } from '../../../test/support/trade-channel.contract.js';
import { binanceSpot } from './binance-spot.js';

runTradeChannelContract(binanceSpot);
