import { Module } from '@nestjs/common';
import { NamedCatalogue } from '../domain/catalogue.js';
import { MarketDataModule } from '../market-data/market-data.module.js';
import { CandlesController } from './candles/candles.controller.js';
import { binanceSpot } from './channels/binance-spot.js';
import { hyperliquidPerp } from './channels/hyperliquid-perp.js';
import { TRADE_CHANNELS, type TradeChannel } from './trade-channel.js';

/** All channels. To add one: write it, add it here, let its spec run the contract suite. */
const CHANNELS: readonly TradeChannel[] = [binanceSpot, hyperliquidPerp];

@Module({
  imports: [MarketDataModule],
  controllers: [CandlesController],
  providers: [{ provide: TRADE_CHANNELS, useFactory: () => new NamedCatalogue('trade channel', CHANNELS) }],
  exports: [TRADE_CHANNELS],
})
export class TradingModule {}
