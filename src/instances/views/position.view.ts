import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Money, plainText, toText } from '../../domain/money/decimal.js';
import { heldValueOf, isPerpetual, type HeldPosition } from '../../domain/trading/held-position.js';
import { type PerpPosition, liquidationPriceOf } from '../../domain/trading/perp/perp-position.js';
import type { PerpetualRules } from '../../domain/trading/venue-rules.js';
import type { PositionRow } from './instance-row.js';

/**
 * What an instance holds of a symbol, and what that was worth when it was last valued. Fields that may be missing give
 * the size of orders away: they are for traders and admins.
 */
export class PositionView {
  @ApiProperty({ description: 'Base asset.', example: 'BTC' })
  symbol!: string;

  @ApiProperty({ description: 'Side.', enum: ['long', 'short'], example: 'long' })
  side!: 'long' | 'short';

  @ApiPropertyOptional({ description: 'Base units.', example: '0.02' })
  quantity?: string;

  @ApiPropertyOptional({
    description: 'Quote per base unit: on spot with the fees of buying, of a perpetual without fees.',
    example: '105105',
  })
  average_entry_price?: string;

  @ApiPropertyOptional({
    description: 'Cost of the quantity, or margin of a perpetual, including the fees of opening.',
    example: '2102.1',
  })
  cost_basis?: string;

  @ApiProperty({
    description: 'Price at which the strategy was last valued.',
    example: '110000',
    type: String,
    nullable: true,
  })
  current_price!: string | null;

  @ApiProperty({
    description: 'When that price was observed.',
    example: '2026-01-01T12:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  current_price_at!: string | null;

  @ApiPropertyOptional({
    description: 'Quantity times current price; of a perpetual its margin plus profit.',
    example: '2200',
    type: String,
    nullable: true,
  })
  market_value?: string | null;

  @ApiPropertyOptional({
    description: 'Unrealized profit or loss.',
    example: '97.9',
    type: String,
    nullable: true,
  })
  unrealized_pnl?: string | null;

  @ApiPropertyOptional({ description: 'Notional / margin of all that was opened; 1 on spot.', example: '1' })
  leverage?: string;

  @ApiPropertyOptional({ description: 'Margin in use; 0 on spot.', example: '0' })
  margin?: string;

  @ApiPropertyOptional({
    description: 'Liquidation price of a perpetual; null: none.',
    example: null,
    type: String,
    nullable: true,
  })
  liquidation_price?: string | null;

  @ApiPropertyOptional({ description: 'Stop loss.', example: null, type: String, nullable: true })
  stop_loss?: string | null;

  @ApiPropertyOptional({ description: 'Take profit.', example: null, type: String, nullable: true })
  take_profit?: string | null;

  @ApiPropertyOptional({
    description: 'When the time stop closes it; null: never.',
    example: null,
    type: String,
    format: 'date-time',
    nullable: true,
  })
  expires_at?: string | null;

  @ApiProperty({ description: 'Opened at.', example: '2026-01-01T12:00:00.000Z', format: 'date-time' })
  opened_at!: string;
}

/** The price that a position is valued at. */
export interface PositionPrice {
  /** What the symbol cost when its instance was last valued; null where it is not known: then nothing is said about the value. */
  readonly price: string | null;
  readonly at: Date | null;
}

/** @param rules of perpetual positions at the venue; null on spot. */
export function toPositionView(
  row: PositionRow,
  { price, at }: PositionPrice,
  rules: PerpetualRules | null,
): PositionView {
  const position = heldOf(row);
  const value = price === null ? null : heldValueOf(position, new Money(price));
  return {
    symbol: row.symbol,
    side: row.side,
    quantity: plainText(row.quantity),
    average_entry_price: plainText(row.average_entry_price),
    cost_basis: plainText(row.cost_basis),
    current_price: price === null ? null : plainText(price),
    current_price_at: price === null ? null : (at?.toISOString() ?? null),
    market_value: value === null ? null : toText(value),
    unrealized_pnl: value === null ? null : toText(value.sub(row.cost_basis)),
    leverage: plainText(row.leverage),
    margin: plainText(row.margin),
    liquidation_price: isPerpetual(position) && rules ? liquidationText(position, rules) : null,
    stop_loss: row.stop_loss === null ? null : plainText(row.stop_loss),
    take_profit: row.take_profit === null ? null : plainText(row.take_profit),
    expires_at: row.expires_at === null ? null : new Date(row.expires_at).toISOString(),
    opened_at: new Date(row.opened_at).toISOString(),
  };
}

/** The same without what gives the size of orders or params away: leverage follows from them. */
export function toPublicPositionView(row: PositionRow, price: PositionPrice): PositionView {
  const { symbol, side, current_price, current_price_at, opened_at } = toPositionView(row, price, null);
  return { symbol, side, current_price, current_price_at, opened_at };
}

function heldOf(row: PositionRow): HeldPosition {
  const quantity = new Money(row.quantity);
  const costBasis = new Money(row.cost_basis);
  const entryNotional = new Money(row.entry_notional);
  if (entryNotional.isZero()) return { quantity, costBasis, averageEntryPrice: new Money(row.average_entry_price) };
  const { side } = row;
  return { side, quantity, costBasis, entryNotional, margin: new Money(row.margin), leverage: new Money(row.leverage) };
}

/** A long with more margin than notional cannot be liquidated: no price is that low. */
function liquidationText(position: PerpPosition, rules: PerpetualRules): string | null {
  const price = liquidationPriceOf(position, rules);
  return price.gt(0) ? toText(price) : null;
}
