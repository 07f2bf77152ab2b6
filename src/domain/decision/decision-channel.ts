import type { VenueRules } from '../trading/venue-rules.js';
import type { DecisionChannel } from './decision.js';

/** What a decision agent is told that it can do under a venue's rules: only perpetuals can be short or have leverage. */
export function decisionChannelOf({ perpetual }: Pick<VenueRules, 'perpetual'>): DecisionChannel {
  return { can_short: perpetual !== undefined, max_leverage: perpetual?.maxLeverage ?? 1 };
}
