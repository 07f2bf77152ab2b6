import { Unavailable } from '../platform/http/problems/app-errors.js';
import type { AbsenceReason } from './reading.js';

/** There is no price: the run fails, nothing is decided, the next run tries again. */
export class MarketDataUnavailable extends Unavailable {
  constructor(
    readonly symbol: string,
    readonly reason: AbsenceReason,
  ) {
    super('market_data_unavailable', `There is no price of ${symbol} at the moment (${reason}).`);
  }
}
