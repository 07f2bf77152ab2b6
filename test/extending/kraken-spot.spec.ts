import { runTradeChannelContract } from '../support/trade-channel.contract.js';
import { krakenSpot } from './kraken-spot.js';

runTradeChannelContract(krakenSpot);
