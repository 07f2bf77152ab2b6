import { Inject, Injectable } from '@nestjs/common';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { Candle } from '../../domain/market/market-snapshot.js';
import { Money } from '../../domain/money/decimal.js';
import { observedAt, type Observation } from '../../domain/trading/exits/exit-levels.js';
import type { VenueRules } from '../../domain/trading/venue-rules.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../../market-data/market-data-source.js';
import { MarketDataUnavailable } from '../../market-data/market-data-unavailable.js';
import { MarketDataService } from '../../market-data/market-data.service.js';
import type { Toolbox } from '../../market-data/toolbox.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import type { Clock } from '../../domain/clock.js';
import { MonthPartitions } from '../../platform/database/month-partitions.js';
import { isOutage } from '../../platform/database/outage.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { TRADE_CHANNELS, type TradeChannel } from '../../trading/trade-channel.js';
import { ExitStore } from './exit.store.js';
import type { KeptMarket } from './kept-position.js';
import { eventsInOrder } from './look-events.js';
import { PositionExits } from './position-exits.js';
import { PositionFunding, type FundingPlan } from './position-funding.js';

/** How far back a process looks for candles that it has not seen: those before a position's levels do not count. */
const FIRST_LOOK_MS = 24 * 3_600_000;
/** The finest that there is. */
const INTERVALS: readonly CandleInterval[] = ['15m', '1h'];

/**
 * What happens to open positions without a decision: funding, then the stops and liquidations that closed candles and the
 * present price reach. Any number of processes may do it at once.
 */
@Injectable()
export class PositionKeeper {
  /** Up to when the candles of a market were looked at, ms; by channel and symbol. Lost with the process, without harm. */
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly store: ExitStore,
    private readonly exits: PositionExits,
    private readonly funding: PositionFunding,
    private readonly market: MarketDataService,
    private readonly partitions: MonthPartitions,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Keeps the positions of all markets. A market without a price, or with something that cannot be, waits for the next
   * look, and the log says so: the others, and the values of all instances, do not wait with it.
   * @throws Error when the database is away.
   */
  async keepAll(): Promise<void> {
    for (const market of await this.store.markets()) {
      await this.keep(market).catch((error: Error) => this.leave(market, error, 'positions not kept'));
    }
  }

  /**
   * The same for one market; one without positions costs a statement.
   * @throws Error when something cannot be done, but for a price that is missing.
   */
  async keep(market: KeptMarket): Promise<void> {
    const channel = this.channels.find(market.channel);
    if (!channel?.symbols.includes(market.symbol)) return;
    try {
      await this.look(market, channel);
    } catch (error) {
      if (!(error instanceof MarketDataUnavailable)) throw error;
      this.logger.warn({ ...market, err: error }, 'positions not kept: no price');
    }
  }

  private async look(market: KeptMarket, channel: TradeChannel): Promise<void> {
    const rules = channel.rulesFor(market.symbol);
    await this.market.prepare(market.symbol, market.channel);
    const now = this.clock.now();
    await this.partitions.ensure(now);
    const toolbox = await this.market.openToolbox(now, market.channel);
    const candles = await this.newCandles(market, toolbox);
    const funding = rules.perpetual ? await this.planFunding(market, rules, toolbox) : null;
    for (const { candle, hour } of eventsInOrder(candles, funding?.hours ?? [])) {
      if (candle) await this.observe(market, rules, observationOf(candle), now);
      else await this.payFunding(funding!, hour);
    }
    if (funding) {
      await this.payFunding(funding, now);
      await this.giveUpFunding(funding);
    }
    const price = await this.market.priceIn(toolbox, market.symbol);
    await this.observe(market, rules, observedAt(new Money(price.value), now), now);
    const key = keyOf(market);
    this.seen.set(key, Math.max(candles.at(-1)?.closeTime ?? 0, this.seen.get(key) ?? 0));
  }

  private async observe(market: KeptMarket, rules: VenueRules, observation: Observation, now: Date): Promise<void> {
    for (const exit of await this.exits.observe(market, rules, observation, now)) {
      this.logger.info(
        { ...market, instance_id: exit.portfolio_id, exit: exit.kind, price: exit.price },
        'position closed',
      );
    }
  }

  /** What is owed can be paid later; a stop cannot wait for it. */
  private async planFunding(market: KeptMarket, rules: VenueRules, toolbox: Toolbox): Promise<FundingPlan | null> {
    return this.funding.plan(market, rules.quoteAsset, toolbox).catch((error: Error) => {
      this.leave(market, error, 'funding not paid');
      return null;
    });
  }

  private async payFunding(plan: FundingPlan, until: Date): Promise<void> {
    await this.funding
      .pay(plan, until, until)
      .catch((error: Error) => this.leave(plan.market, error, 'funding not paid'));
  }

  private async giveUpFunding(plan: FundingPlan): Promise<void> {
    const hours = await this.funding.giveUp(plan);
    if (hours > 0) this.logger.warn({ ...plan.market, hours }, 'funding given up: price or rate never became known');
  }

  private leave(market: KeptMarket, error: Error, what: string): void {
    if (isOutage(error)) throw error;
    this.logger.error({ ...market, err: error }, what);
  }

  /** The candles that have closed since the last look, the oldest first. */
  private async newCandles(market: KeptMarket, toolbox: Toolbox): Promise<readonly Candle[]> {
    const now = toolbox.at.getTime();
    const since = Math.max(this.seen.get(keyOf(market)) ?? 0, now - FIRST_LOOK_MS);
    for (const interval of INTERVALS) {
      const length = CANDLE_INTERVAL_MS[interval];
      const count = Math.floor(now / length) - Math.floor(since / length);
      if (count === 0) return [];
      const { value } = await toolbox.candles(market.symbol, interval, count);
      if (value) return value.filter(({ closeTime }) => closeTime > since);
    }
    return [];
  }
}

function keyOf({ channel, symbol }: KeptMarket): string {
  return `${channel} ${symbol}`;
}

function observationOf({ open, high, low, close, openTime, closeTime }: Candle): Observation {
  return {
    open: new Money(open),
    high: new Money(high),
    low: new Money(low),
    close: new Money(close),
    from: new Date(openTime),
    until: new Date(closeTime),
  };
}
