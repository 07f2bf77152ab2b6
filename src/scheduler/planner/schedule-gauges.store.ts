import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface OpenWork {
  /** Open runs by status, zeros included. */
  readonly runs: Readonly<Record<'queued' | 'analysing' | 'deciding', number>>;
  readonly chunks: number;
  readonly oldestRunAt: Date | null;
  /** Null: no tick is overdue. */
  readonly firstTickUnplanned: Date | null;
}

@Injectable()
export class ScheduleGaugesStore {
  constructor(private readonly database: DataSource) {}

  /** Reads only open runs and their chunks, through the index of open runs. */
  async openWork(): Promise<OpenWork> {
    const [row] = await this.database.query<OpenWorkRow[]>(
      `SELECT count(*) FILTER (WHERE r.status = 'queued')::integer AS queued,
         count(*) FILTER (WHERE r.status = 'analysing')::integer AS analysing,
         count(*) FILTER (WHERE r.status = 'deciding')::integer AS deciding,
         coalesce(sum(c.chunks), 0)::integer AS chunks, min(r.created_at) AS oldest_run_at,
         (SELECT min(next_run_at) FROM strategy_definitions WHERE is_active) AS next_tick
       FROM strategy_runs r
       CROSS JOIN LATERAL (
         SELECT count(*) AS chunks FROM strategy_run_chunks c WHERE c.run_id = r.id AND c.finished_at IS NULL) c
       WHERE r.finished_at IS NULL`,
    );
    const { queued, analysing, deciding, chunks, oldest_run_at, next_tick } = row!;
    return {
      runs: { queued, analysing, deciding },
      chunks,
      oldestRunAt: oldest_run_at,
      firstTickUnplanned: next_tick,
    };
  }
}

interface OpenWorkRow {
  readonly queued: number;
  readonly analysing: number;
  readonly deciding: number;
  readonly chunks: number;
  readonly oldest_run_at: Date | null;
  readonly next_tick: Date | null;
}
