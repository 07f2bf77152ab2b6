import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bulkValues } from '../../platform/database/bulk-statements.js';
import { CandleGap } from './candle-gap.entity.js';
import { MarketScan } from './market-scan.entity.js';
import type { MonitoredMarket } from './monitored-position.store.js';

/** What is known of the candles of a market. */
export interface CandleState {
  /** The earliest levels of an open position; null: nothing is kept, so that no candle counts. */
  readonly oldestLevels: Date | null;
  /** Close of the last candle that was examined; null: none was. */
  readonly examinedUntil: Date | null;
  /** Candles that were missing and may still arrive, ascending. */
  readonly gaps: readonly OpenGap[];
}

export interface OpenGap {
  readonly opensAt: Date;
  readonly foundAt: Date;
}

/** A candle that was missing. */
export interface FoundGap {
  readonly opensAt: Date;
  readonly closesAt: Date;
  /** It cannot arrive any more. */
  readonly isLost: boolean;
}

/** What a look changed. */
export interface CandleProgress {
  readonly examinedUntil: Date;
  readonly found: readonly FoundGap[];
  /** Openings of gaps whose candle arrived, and of those that were given up. */
  readonly examined: readonly Date[];
  readonly givenUp: readonly Date[];
}

/** The statements of the candles: one to read what is known, one to write it. */
@Injectable()
export class CandleStore {
  constructor(private readonly database: DataSource) {}

  async state({ channel, symbol }: MonitoredMarket): Promise<CandleState> {
    const [row] = await this.database.query<
      { oldest: Date | null; examined_until: Date | null; gaps: { opens_at: string; found_at: string }[] | null }[]
    >(
      `SELECT (SELECT min(s.levels_since) FROM positions s JOIN portfolios p ON p.id = s.portfolio_id
           JOIN strategy_definitions d ON d.id = p.strategy_definition_id AND d.trade_channel = $1 AND d.trade_symbol = s.symbol
           WHERE s.symbol = $2 AND s.levels_since IS NOT NULL AND p.trading_mode = 'paper' AND p.archived_at IS NULL) AS oldest,
         (SELECT examined_until FROM kept_markets WHERE channel = $1 AND symbol = $2) AS examined_until,
         (SELECT jsonb_agg(jsonb_build_object('opens_at', opens_at, 'found_at', found_at) ORDER BY opens_at)
           FROM candle_gaps WHERE channel = $1 AND symbol = $2 AND ended_at IS NULL) AS gaps`,
      [channel, symbol],
    );
    const { oldest, examined_until: examinedUntil, gaps } = row!;
    return {
      oldestLevels: oldest,
      examinedUntil,
      gaps: (gaps ?? []).map((gap) => ({ opensAt: new Date(gap.opens_at), foundAt: new Date(gap.found_at) })),
    };
  }

  /** A process that is behind another one takes nothing back. */
  async advance({ channel, symbol }: MonitoredMarket, progress: CandleProgress, now: Date): Promise<void> {
    const { examinedUntil, found, examined, givenUp } = progress;
    const { manager } = this.database;
    const scan = bulkValues(manager, MarketScan, [{ channel, symbol, examined_until: examinedUntil }], { first: 6 });
    const gaps = found.map(({ opensAt, closesAt, isLost }) => ({
      channel,
      symbol,
      opens_at: opensAt,
      closes_at: closesAt,
      found_at: now,
      ended_at: isLost ? now : null,
      outcome: isLost ? 'given_up' : null,
    }));
    const missing = gaps.length > 0 ? bulkValues(manager, CandleGap, gaps, { first: 9 }) : null;
    await this.database.query(
      `WITH market AS (
         INSERT INTO kept_markets AS m (${scan.names}) SELECT * FROM ${scan.unnest}
         ON CONFLICT (channel, symbol) DO UPDATE SET examined_until = greatest(m.examined_until, excluded.examined_until)),
       ended AS (
         UPDATE candle_gaps SET ended_at = $3::timestamptz,
           outcome = CASE WHEN opens_at = ANY ($4::timestamptz[]) THEN 'examined' ELSE 'given_up' END
         WHERE channel = $1::text AND symbol = $2::text AND ended_at IS NULL
           AND opens_at = ANY ($4::timestamptz[] || $5::timestamptz[]))
       ${missing ? `INSERT INTO candle_gaps (${missing.names}) SELECT * FROM ${missing.unnest} ON CONFLICT DO NOTHING` : 'SELECT'}`,
      [channel, symbol, now, examined, givenUp, ...scan.parameters, ...(missing?.parameters ?? [])],
    );
  }
}
