import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../auth/access.js';
import type { NamedCatalogue } from '../domain/catalogue.js';
import type { Candle } from '../domain/market/market-snapshot.js';
import { Money, toText } from '../domain/money/decimal.js';
import type { Violation } from '../domain/violation.js';
import { MarketDataService } from '../market-data/market-data.service.js';
import { ApiProblems } from '../platform/http/docs/api-docs.js';
import { MalformedRequest } from '../platform/http/problems/app-errors.js';
import { TRADE_CHANNELS, type TradeChannel } from './channels/trade-channel.js';
import { CandlesQuery, CandlesView, MOST_CANDLES, type CandleView } from './candles.dto.js';

/** What the market has done, for charts. */
@ApiTags('market')
@Controller('market')
export class CandlesController {
  constructor(
    private readonly market: MarketDataService,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
  ) {}

  @Get('candles')
  @SignedIn()
  @ApiOperation({
    operationId: 'listCandles',
    summary: 'List candles',
    description: `Of the newest ${MOST_CANDLES} that have closed. 503 \`market_data_unavailable\` while the source cannot be asked.`,
  })
  @ApiOkResponse({ type: CandlesView, description: 'Closed candles, oldest first.' })
  @ApiProblems(400, 503)
  async list(@Query() query: CandlesQuery): Promise<CandlesView> {
    this.checkNames(query);
    const { symbol, interval, channel, from, to, limit } = query;
    // Always the same fetch, so that another span does not ask the venue again.
    const candles = await this.market.candles(symbol, interval, MOST_CANDLES, channel);
    const wanted = candles.filter(
      ({ openTime }) => (!from || openTime >= from.getTime()) && (!to || openTime < to.getTime()),
    );
    return { market: this.market.market, items: wanted.slice(-limit).map(toView) };
  }

  /** @throws MalformedRequest for a channel or symbol that there is not. */
  private checkNames({ channel, symbol }: CandlesQuery): void {
    const venue = this.channels.find(channel);
    if (venue?.symbols.includes(symbol)) return;
    const known = (venue ? venue.symbols : this.channels.names()).join(', ');
    const violation: Violation = venue
      ? {
          pointer: '/symbol',
          code: 'unknown_symbol',
          message: `This channel trades ${known}.`,
          values: { name: symbol, known },
        }
      : {
          pointer: '/channel',
          code: 'unknown_trade_channel',
          message: `The trade channels are ${known}.`,
          values: { name: channel, known },
        };
    throw new MalformedRequest('bad_query', 'There is no such market. See errors for the markets that exist.', [
      violation,
    ]);
  }
}

function toView({ openTime, open, high, low, close, volume }: Candle): CandleView {
  return {
    opened_at: new Date(openTime).toISOString(),
    open: text(open),
    high: text(high),
    low: text(low),
    close: text(close),
    volume: text(volume),
  };
}

function text(value: number): string {
  return toText(new Money(value));
}
