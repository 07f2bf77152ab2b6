import { ApiProperty } from '@nestjs/swagger';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import { Money, plainText, toText } from '../../domain/money/decimal.js';
import type { ParamsObject } from '../../domain/params/merge-params.js';
import type { VenueRules } from '../../domain/trading/venue-rules.js';

/** Something that is allowed, but probably not what its owner wants. */
export class WarningView {
  @ApiProperty({ description: 'Stable snake_case code.', example: 'smallest_order_below_min_notional' })
  code!: string;

  @ApiProperty({
    description: 'What it means, with its numbers.',
    example: 'The smallest order of this strategy is 0.2 USDT, the channel takes none below 5 USDT.',
  })
  message!: string;

  @ApiProperty({ description: 'Value of the smallest order, in quote currency.', example: '0.2' })
  smallest_order!: string;

  @ApiProperty({ description: 'Smallest order that the channel takes.', example: '5' })
  minimum_notional!: string;

  @ApiProperty({ description: 'Quote currency.', example: 'USDT' })
  asset!: string;
}

/** Warns when the smallest BUY that the params can give would not be taken by the channel. */
export function warningsOf(
  totalValue: string,
  params: ParamsObject,
  decisionAgent: DecisionAgent,
  rules: VenueRules,
): WarningView[] {
  const fraction = decisionAgent.smallestBuyFraction(params);
  // Params from before a change of the agent may not give one; the execution says what is wrong with them.
  if (!Number.isFinite(fraction)) return [];
  const smallest = new Money(totalValue).mul(fraction);
  if (smallest.gte(rules.minimumNotional)) return [];
  const order = toText(smallest.toDecimalPlaces(8, Money.ROUND_DOWN));
  const minimum = plainText(rules.minimumNotional);
  const message =
    `The smallest order of this strategy is ${order} ${rules.quoteAsset}, the channel takes none below ` +
    `${minimum} ${rules.quoteAsset}: weak signals will not be traded.`;
  return [
    {
      code: 'smallest_order_below_min_notional',
      message,
      smallest_order: order,
      minimum_notional: minimum,
      asset: rules.quoteAsset,
    },
  ];
}
