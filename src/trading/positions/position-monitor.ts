import { Inject, Injectable } from '@nestjs/common';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { Candle } from '../../domain/market/market-snapshot.js';
import { Money } from '../../domain/money/decimal.js';
import { observedAt, type Observation } from '../../domain/trading/exits.js';
import type { VenueRules } from '../../domain/trading/venue-rules.js';
import { MarketDataUnavailable } from '../../market-data/market-data-errors.js';
import { CANDLE_INTERVAL_MS } from '../../market-data/market-data-source.js';
import { MarketDataService } from '../../market-data/market-data.service.js';
import type { Toolbox } from '../../market-data/toolbox.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { MonthPartitions } from '../../platform/database/month-partitions.js';
import { isConnectionError } from '../../platform/database/is-connection-error.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { TRADE_CHANNELS, type TradeChannel } from '../channels/trade-channel.js';
import { ExitStore } from './exit.store.js';
import { SettlementFailures } from './settlement-failures.js';
import type { MonitoredMarket } from './monitored-position.store.js';
import { MarketCandles } from './market-candles.js';
import { PositionExits } from './position-exits.js';
import { PositionFunding, type FundingPlan } from './position-funding.js';

/**
 * Settles open positions between decisions: funding, then the stops and liquidations that closed candles and the current
 * price reach. Any number of processes may do it at once.
 */
@Injectable()
export class PositionMonitor {
  constructor(
    private readonly store: ExitStore,
    private readonly candles: MarketCandles,
    private readonly faults: SettlementFailures,
    private readonly exits: PositionExits,
    private readonly funding: PositionFunding,
    private readonly market: MarketDataService,
    private readonly partitions: MonthPartitions,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Settles the positions of all markets. A market without a price or with invalid data is skipped until the next pass and
   * logged; it does not block other markets or the valuation.
   * @throws Error when the database is away.
   */
  async settleAll(): Promise<void> {
    await this.faults.forgetOld(this.clock.now());
    for (const market of await this.store.markets()) {
      await this.settleIfListed(market).catch((error: Error) => this.leave(market, error, 'positions not settled'));
    }
  }

  /**
   * Settles one market; a market without monitored positions costs one statement.
   * @throws Error on any failure except a missing price, which is logged.
   */
  async settle(market: MonitoredMarket): Promise<void> {
    if (await this.store.isMonitored(market)) await this.settleIfListed(market);
  }

  private async settleIfListed(market: MonitoredMarket): Promise<void> {
    const channel = this.channels.find(market.channel);
    if (!channel?.symbols.includes(market.symbol)) return;
    try {
      await this.settleMarket(market, channel);
    } catch (error) {
      if (!(error instanceof MarketDataUnavailable)) throw error;
      this.logger.warn({ ...market, err: error }, 'positions not settled: no price');
    }
  }

  private async settleMarket(market: MonitoredMarket, channel: TradeChannel): Promise<void> {
    const rules = channel.rulesFor(market.symbol);
    await this.market.prepare(market.symbol, market.channel);
    const now = this.clock.now();
    await this.partitions.ensure(now);
    const toolbox = await this.market.openToolbox(now, market.channel);
    const scan = await this.candles.scan(market, toolbox);
    const funding = rules.perpetual ? await this.planFunding(market, rules, toolbox) : null;
    for (const { candle, hour } of mergeTimeline(scan.candles, funding?.hours ?? [])) {
      if (candle) await this.observe(market, rules, observationOf(candle), now);
      else await this.payFunding(funding!, hour, scan.settleUntil);
    }
    if (funding) {
      await this.payFunding(funding, now, scan.settleUntil);
      await this.giveUpFunding(funding);
    }
    await this.candles.markExamined(market, scan, now);
    const price = await this.market.priceIn(toolbox, market.symbol);
    const volume = await this.market.hourVolumeIn(toolbox, market.symbol);
    const hourVolume = volume && new Money(volume.value);
    await this.observe(market, rules, observedAt(new Money(price.value), now, hourVolume), now);
  }

  private async observe(
    market: MonitoredMarket,
    rules: VenueRules,
    observation: Observation,
    now: Date,
  ): Promise<void> {
    for (const exit of await this.exits.observe(market, rules, observation, now)) {
      this.logger.info(
        { ...market, instance_id: exit.portfolio_id, exit: exit.kind, price: exit.price },
        'position closed',
      );
    }
  }

  /** Funding can be paid later; a stop cannot wait for it. */
  private async planFunding(market: MonitoredMarket, rules: VenueRules, toolbox: Toolbox): Promise<FundingPlan | null> {
    return this.funding.plan(market, rules.quoteAsset, toolbox).catch((error: Error) => {
      this.leave(market, error, 'funding not paid');
      return null;
    });
  }

  /** Positions that an unexamined candle may have stopped pay nothing yet. */
  private async payFunding(plan: FundingPlan, until: Date, examined: Date): Promise<void> {
    await this.funding
      .pay(plan, until, examined < until ? examined : until)
      .catch((error: Error) => this.leave(plan.market, error, 'funding not paid'));
  }

  private async giveUpFunding(plan: FundingPlan): Promise<void> {
    const hours = await this.funding.giveUp(plan);
    if (hours > 0) this.logger.warn({ ...plan.market, hours }, 'funding given up: price or rate never became known');
  }

  private leave(market: MonitoredMarket, error: Error, what: string): void {
    if (isConnectionError(error)) throw error;
    this.logger.error({ ...market, err: error }, what);
  }
}

function observationOf({ open, high, low, close, volume, openTime, closeTime }: Candle): Observation {
  return {
    open: new Money(open),
    high: new Money(high),
    low: new Money(low),
    close: new Money(close),
    from: new Date(openTime),
    until: new Date(closeTime),
    hourVolume: new Money(volume).mul(CANDLE_INTERVAL_MS['1h']).div(closeTime - openTime),
  };
}

/** A step of a pass over a market: a closed candle or the end of an hour of funding. */
type TimelineEvent =
  | { readonly candle: Candle; readonly hour: null }
  /** The end of an hour of funding. */
  | { readonly candle: null; readonly hour: Date };

/**
 * Candles and hours of funding in order of time. A candle counts at its close, before an hour that ends at the same moment:
 * a position stopped during the candle does not pay for that hour.
 *
 * @param candles ascending.
 * @param hours ascending.
 */
function mergeTimeline(candles: readonly Candle[], hours: readonly Date[]): TimelineEvent[] {
  const events: { readonly at: number; readonly event: TimelineEvent }[] = [
    ...candles.map((candle) => ({ at: candle.closeTime, event: { candle, hour: null } })),
    ...hours.map((hour) => ({ at: hour.getTime(), event: { candle: null, hour } })),
  ];
  // The sort is stable: candles stand first.
  return events.sort((one, other) => one.at - other.at).map(({ event }) => event);
}
