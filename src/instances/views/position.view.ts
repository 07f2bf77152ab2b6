import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Money, plainText, toText } from '../../domain/money/decimal.js';
import { holdingValueOf } from '../../domain/portfolio/valuation.js';
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

  @ApiPropertyOptional({ description: 'Quote per base unit, buy fees included.', example: '105105' })
  average_entry_price?: string;

  @ApiPropertyOptional({ description: 'What the quantity cost, buy fees included.', example: '2102.1' })
  cost_basis?: string;

  @ApiProperty({ description: 'Price of the last snapshot.', example: '110000', type: String, nullable: true })
  current_price!: string | null;

  @ApiProperty({
    description: 'When that price was taken.',
    example: '2026-01-01T12:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  current_price_at!: string | null;

  @ApiPropertyOptional({ description: 'Quantity times current price.', example: '2200', type: String, nullable: true })
  market_value?: string | null;

  @ApiPropertyOptional({
    description: 'Profit or loss if it were sold now.',
    example: '97.9',
    type: String,
    nullable: true,
  })
  unrealized_pnl?: string | null;

  @ApiProperty({ description: 'Leverage; 1 on spot.', example: '1' })
  leverage!: string;

  @ApiPropertyOptional({ description: 'Margin that is bound; 0 on spot.', example: '0' })
  margin?: string;

  @ApiPropertyOptional({ description: 'Stop loss.', example: null, type: String, nullable: true })
  stop_loss?: string | null;

  @ApiPropertyOptional({ description: 'Take profit.', example: null, type: String, nullable: true })
  take_profit?: string | null;

  @ApiProperty({ description: 'Opened at.', example: '2026-01-01T12:00:00.000Z', format: 'date-time' })
  opened_at!: string;
}

/** @param price what the symbol last cost, null where it is not known: then nothing is said about the value. */
export function toPositionView(row: PositionRow, price: string | null, priceAt: Date | null): PositionView {
  const value = price === null ? null : holdingValueOf(new Money(row.quantity), new Money(price));
  return {
    symbol: row.symbol,
    side: row.side,
    quantity: plainText(row.quantity),
    average_entry_price: plainText(row.average_entry_price),
    cost_basis: plainText(row.cost_basis),
    current_price: price === null ? null : plainText(price),
    current_price_at: price === null ? null : (priceAt?.toISOString() ?? null),
    market_value: value === null ? null : toText(value),
    unrealized_pnl: value === null ? null : toText(unrealizedOf(row, value)),
    leverage: plainText(row.leverage),
    margin: plainText(row.margin),
    stop_loss: row.stop_loss === null ? null : plainText(row.stop_loss),
    take_profit: row.take_profit === null ? null : plainText(row.take_profit),
    opened_at: new Date(row.opened_at).toISOString(),
  };
}

/** The same without what gives the size of orders away. */
export function toPublicPositionView(row: PositionRow, price: string | null, priceAt: Date | null): PositionView {
  const { symbol, side, current_price, current_price_at, leverage, opened_at } = toPositionView(row, price, priceAt);
  return { symbol, side, current_price, current_price_at, leverage, opened_at };
}

/** A long wins when the value rises above what it cost, a short when it falls below. */
function unrealizedOf(row: PositionRow, value: Money): Money {
  return row.side === 'long' ? value.sub(row.cost_basis) : new Money(row.cost_basis).sub(value);
}
