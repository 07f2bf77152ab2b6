import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { plainText } from '../../domain/money/decimal.js';
import { EXIT_KINDS } from '../../domain/trading/exits.js';
import { publicExitPrice } from '../public-figures.js';
import type { PositionExitRow } from './position-exit.store.js';

const TIME = '2026-01-01T12:00:00.000Z';
const ID = '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10';

/**
 * A position that was closed without a decision. Fields that may be missing give size or params away: they are for
 * traders and admins.
 */
export class PositionExitView {
  @ApiProperty({ description: 'Id.', example: ID, format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Base asset.', example: 'BTC' })
  symbol!: string;

  @ApiProperty({ description: 'Side of the position.', enum: ['long', 'short'], example: 'long' })
  side!: string;

  @ApiProperty({
    description: 'What closed the position; also the reason of the trade.',
    enum: EXIT_KINDS,
    example: 'stop_loss',
  })
  kind!: string;

  @ApiPropertyOptional({
    description: 'Price of the stop, target or liquidation; of a time stop the price.',
    example: '98000',
  })
  level?: string;

  @ApiPropertyOptional({ description: 'Market price at the close, before slippage.', example: '97950' })
  market_price?: string;

  @ApiProperty({ description: 'Price of the fill; for users two significant figures of it.', example: '97901' })
  price!: string;

  @ApiPropertyOptional({ description: 'Base units.', example: '0.1' })
  quantity?: string;

  @ApiPropertyOptional({ description: 'Fee.', example: '4.4' })
  fee?: string;

  @ApiProperty({ description: 'Asset of the fee.', example: 'USDC' })
  fee_asset!: string;

  @ApiPropertyOptional({ description: 'Profit or loss.', example: '-214.3', type: String, nullable: true })
  realized_pnl?: string | null;

  @ApiProperty({ description: 'Order that closed it.', example: ID, format: 'uuid' })
  order_id!: string;

  @ApiProperty({
    description: 'Opening of the candle, or time of the price, that closed it.',
    example: TIME,
    format: 'date-time',
  })
  observed_from!: string;

  @ApiProperty({ description: 'Close of that candle; of a price the same moment.', example: TIME, format: 'date-time' })
  observed_until!: string;

  @ApiProperty({ description: 'When the position was opened.', example: TIME, format: 'date-time' })
  opened_at!: string;

  @ApiProperty({ description: 'When it was closed.', example: TIME, format: 'date-time' })
  executed_at!: string;
}

export function toPositionExitView(row: PositionExitRow): PositionExitView {
  return {
    id: row.id,
    symbol: row.symbol,
    side: row.side,
    kind: row.kind,
    level: plainText(row.level),
    market_price: plainText(row.market_price),
    price: plainText(row.price),
    quantity: plainText(row.quantity),
    fee: plainText(row.fee),
    fee_asset: row.fee_asset,
    realized_pnl: row.realized_pnl === null ? null : plainText(row.realized_pnl),
    order_id: row.order_id,
    observed_from: row.observed_from.toISOString(),
    observed_until: row.observed_until.toISOString(),
    opened_at: row.opened_at.toISOString(),
    executed_at: row.executed_at.toISOString(),
  };
}

/**
 * The same without sizes, and without the level, which follows from the params: nor the price of the market, which is the
 * level wherever a candle touched it, and of the fill only about how high it was.
 */
export function toPublicPositionExitView(row: PositionExitRow): PositionExitView {
  const { id, symbol, side, kind, fee_asset, order_id, observed_from, observed_until, opened_at, executed_at } =
    toPositionExitView(row);
  const price = publicExitPrice(row.price);
  return { id, symbol, side, kind, price, fee_asset, order_id, observed_from, observed_until, opened_at, executed_at };
}
