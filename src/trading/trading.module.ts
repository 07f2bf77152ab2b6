import { Module } from '@nestjs/common';
import { NamedCatalogue } from '../domain/catalogue.js';
import { MarketDataModule } from '../market-data/market-data.module.js';
import { CandlesController } from './candles/candles.controller.js';
import { TRADE_CHANNEL_LIST } from './channels/channel-list.js';
import { TRADE_CHANNELS } from './trade-channel.js';

@Module({
  imports: [MarketDataModule],
  controllers: [CandlesController],
  providers: [{ provide: TRADE_CHANNELS, useFactory: () => new NamedCatalogue('trade channel', TRADE_CHANNEL_LIST) }],
  exports: [TRADE_CHANNELS],
})
export class TradingModule {}
