import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { plainText } from '../../domain/money/decimal.js';
import { EXIT_KINDS } from '../../domain/trading/exits.js';
import { publicExitPrice } from '../public-figures.js';
import type { OrderRow, TradeRow } from './trade.store.js';

const TIME = '2026-01-01T12:00:00.000Z';
const ID = '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10';

/**
 * A fill, with the books before and after it. Fields that may be missing give its size away: they are for traders and
 * admins.
 */
export class TradeView {
  @ApiProperty({ description: 'Id.', example: ID, format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Order that it fills.', example: ID, format: 'uuid' })
  order_id!: string;

  @ApiProperty({ description: 'Decision that caused it.', example: ID, type: String, format: 'uuid', nullable: true })
  execution_id!: string | null;

  @ApiProperty({ description: 'Base asset.', example: 'BTC' })
  symbol!: string;

  @ApiProperty({ description: 'Side.', enum: ['BUY', 'SELL'], example: 'BUY' })
  trade_type!: string;

  @ApiPropertyOptional({ description: 'Base units.', example: '0.01' })
  quantity?: string;

  @ApiProperty({
    description:
      'Quote per base unit; for users two significant figures of it where a stop or a target closed the position.',
    example: '100000',
  })
  price!: string;

  @ApiPropertyOptional({ description: 'Quantity times price.', example: '1000' })
  notional?: string;

  @ApiPropertyOptional({ description: 'Fee.', example: '1' })
  fee?: string;

  @ApiProperty({ description: 'Asset of the fee.', example: 'USDT' })
  fee_asset!: string;

  @ApiPropertyOptional({
    description: 'Realized profit or loss.',
    example: null,
    type: String,
    nullable: true,
  })
  realized_pnl?: string | null;

  @ApiPropertyOptional({ description: 'Cash before.', example: '10000' })
  balance_before?: string;

  @ApiPropertyOptional({ description: 'Cash after.', example: '8999' })
  balance_after?: string;

  @ApiPropertyOptional({ description: 'Holding before.', example: '0' })
  holding_before?: string;

  @ApiPropertyOptional({ description: 'Holding after.', example: '0.01' })
  holding_after?: string;

  @ApiProperty({ description: 'Reason.', example: 'buy_signal' })
  reason!: string;

  @ApiProperty({ description: 'Filled at.', example: TIME, format: 'date-time' })
  executed_at!: string;
}

/** What was asked of the venue, and what it did. */
export class OrderView {
  @ApiProperty({ description: 'Id.', example: ID, format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Id of the order at the venue.', example: ID })
  client_order_id!: string;

  @ApiProperty({ description: 'Trade channel.', example: 'binance_spot' })
  channel!: string;

  @ApiProperty({ description: 'Trading mode.', enum: ['paper', 'live'], example: 'paper' })
  mode!: string;

  @ApiProperty({ description: 'Base asset.', example: 'BTC' })
  symbol!: string;

  @ApiProperty({ description: 'Side.', enum: ['BUY', 'SELL'], example: 'BUY' })
  side!: string;

  @ApiProperty({ description: 'Type.', example: 'market' })
  type!: string;

  @ApiPropertyOptional({ description: 'Ordered base units.', example: '0.01' })
  quantity?: string;

  @ApiProperty({ description: 'Limit; null for a market order.', example: null, type: String, nullable: true })
  price!: string | null;

  @ApiProperty({ description: 'Status.', example: 'filled' })
  status!: string;

  @ApiPropertyOptional({ description: 'Base units filled.', example: '0.01' })
  filled_quantity?: string;

  @ApiProperty({
    description: 'Average price of the fills; for users as the price of a fill.',
    example: '100000',
    type: String,
    nullable: true,
  })
  average_price!: string | null;

  @ApiProperty({
    description: 'Error of the venue.',
    example: null,
    type: 'object',
    additionalProperties: true,
    nullable: true,
  })
  error!: Record<string, unknown> | null;

  @ApiProperty({ description: 'Created at.', example: TIME, format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'Last changed at.', example: TIME, format: 'date-time' })
  updated_at!: string;

  @ApiProperty({ description: 'Fills.', type: [TradeView] })
  fills!: TradeView[];
}

/** A fill as it leaves through the interface. */
export function toTradeView(row: TradeRow): TradeView {
  return {
    id: row.id,
    order_id: row.order_id,
    execution_id: row.execution_id,
    symbol: row.symbol,
    trade_type: row.trade_type,
    quantity: plainText(row.quantity),
    price: plainText(row.price),
    notional: plainText(row.notional),
    fee: plainText(row.fee),
    fee_asset: row.fee_asset,
    realized_pnl: row.realized_pnl === null ? null : plainText(row.realized_pnl),
    balance_before: plainText(row.balance_before),
    balance_after: plainText(row.balance_after),
    holding_before: plainText(row.holding_before),
    holding_after: plainText(row.holding_after),
    reason: row.reason,
    executed_at: row.executed_at.toISOString(),
  };
}

/** An order with its fills as it leaves through the interface. */
export function toOrderView(row: OrderRow, fills: readonly TradeRow[]): OrderView {
  return {
    id: row.id,
    client_order_id: row.client_order_id,
    channel: row.channel,
    mode: row.mode,
    symbol: row.symbol,
    side: row.side,
    type: row.type,
    quantity: plainText(row.quantity),
    price: row.price === null ? null : plainText(row.price),
    status: row.status,
    filled_quantity: plainText(row.filled_quantity),
    average_price: row.average_price === null ? null : plainText(row.average_price),
    error: row.error === null ? null : { ...row.error },
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    fills: fills.map(toTradeView),
  };
}

/** A fill without its size, and without the exact price of an exit, from which params follow. */
export function toPublicTradeView(row: TradeRow): TradeView {
  const { id, order_id, execution_id, symbol, trade_type, fee_asset, reason, executed_at } = toTradeView(row);
  const price = isExit(row) ? publicExitPrice(row.price) : plainText(row.price);
  return { id, order_id, execution_id, symbol, trade_type, price, fee_asset, reason, executed_at };
}

/**
 * An order with its fills, without their sizes and the exact prices of exits; a refusal of the venue can name them, so it is
 * told by its code.
 */
export function toPublicOrderView(row: OrderRow, fills: readonly TradeRow[]): OrderView {
  const { quantity: _quantity, filled_quantity: _filled, ...order } = toOrderView(row, fills);
  const shown = (price: string | null) => (price !== null && fills.some(isExit) ? publicExitPrice(price) : price);
  const error = row.error === null ? null : { code: row.error.code, message: 'The venue refused this order.' };
  const prices = { price: shown(order.price), average_price: shown(order.average_price) };
  return { ...order, ...prices, error, fills: fills.map(toPublicTradeView) };
}

function isExit({ reason }: TradeRow): boolean {
  return EXIT_KINDS.some((kind) => kind === reason);
}
