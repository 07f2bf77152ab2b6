import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../../src/auth/access.js';
import type { NamedCatalogue } from '../../src/domain/catalogue.js';
import { ApiPage, ApiProblems } from '../../src/platform/http/docs/api-docs.js';
import type { Page } from '../../src/platform/http/paging/paging.js';
import { TRADE_CHANNELS, type TradeChannel } from '../../src/trading/channels/trade-channel.js';

export class ChannelView {
  @ApiProperty({ description: '`trade_channel` of a definition.', example: 'binance_spot' })
  name!: string;

  @ApiProperty({ description: 'Base assets that can be traded.', type: [String], example: ['BTC', 'ETH'] })
  symbols!: string[];
}

@ApiTags('market')
@Controller('market/channels')
export class ChannelsController {
  constructor(@Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>) {}

  @Get()
  @SignedIn()
  @ApiOperation({ operationId: 'listTradeChannels', summary: 'Trade channels and what can be traded there' })
  @ApiPage(ChannelView)
  @ApiProblems()
  list(): Page<ChannelView> {
    const items = this.channels.all().map(({ name, symbols }) => ({ name, symbols: [...symbols] }));
    return { items, total: items.length, limit: items.length, offset: 0 };
  }
}
