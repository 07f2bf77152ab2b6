import { Money } from '../../money/decimal.js';
import type { DecisionMarket, DecisionPortfolio, Reason, Signal } from '../decision.js';
import { reason } from '../reason-codes.js';

/** A BUY is carried out only while the holding is at most this part of total value. */
const LARGEST_RATIO_TO_BUY = 0.95;

/** A SELL is carried out only while the holding is at least this part of total value. */
const SMALLEST_RATIO_TO_SELL = 0.01;

/** Why the portfolio keeps the signal from being carried out, or null. Compared exactly, not in floats. */
export function exposureLimit(signal: Signal, portfolio: DecisionPortfolio, market: DecisionMarket): Reason | null {
  if (signal === 'HOLD') return null;
  const ratio = positionRatioOf(portfolio, market);
  if (signal === 'BUY' && ratio.gt(LARGEST_RATIO_TO_BUY)) {
    return reason('position_ratio_above_limit', { ratio: ratio.toNumber(), limit: LARGEST_RATIO_TO_BUY });
  }
  if (signal === 'SELL' && ratio.lt(SMALLEST_RATIO_TO_SELL)) {
    return reason('position_ratio_below_limit', { ratio: ratio.toNumber(), limit: SMALLEST_RATIO_TO_SELL });
  }
  return null;
}

/** Market value of the holding / total value; 0 for a portfolio without value. */
function positionRatioOf(portfolio: DecisionPortfolio, market: DecisionMarket): Money {
  const totalValue = new Money(portfolio.total_value);
  if (!totalValue.gt(0)) return totalValue.sub(totalValue);
  return new Money(portfolio.quantity).mul(market.price).div(totalValue);
}
