import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StrategyDefinition } from '../../definitions/strategy-definition.entity.js';
import type { Row } from '../../platform/database/row.js';
import { StrategyRun } from '../runs/strategy-run.entity.js';

export type PlannedDefinition = Pick<Row<StrategyDefinition>, 'id' | 'version'>;

export interface DueDefinition
  extends PlannedDefinition, Pick<Row<StrategyDefinition>, 'rebalance_period_minutes' | 'next_run_at'> {
  readonly has_runs: boolean;
}

/** A new run, or a missed tick recorded as skipped. */
export type NewRun = Pick<
  Row<StrategyRun>,
  'id' | 'definition_id' | 'definition_version' | 'scheduled_for' | 'trigger' | 'status' | 'counters' | 'created_at'
> &
  Partial<Pick<Row<StrategyRun>, 'error' | 'finished_at'>>;

@Injectable()
export class PlannerStore {
  /** Locks the due definitions. Skips those that another process is planning at the moment. */
  async lockDue(manager: EntityManager, now: Date): Promise<DueDefinition[]> {
    return manager.query(
      `SELECT id, version, rebalance_period_minutes, next_run_at,
         EXISTS (SELECT 1 FROM strategy_runs r WHERE r.definition_id = d.id) AS has_runs
       FROM strategy_definitions d
       WHERE is_active AND (next_run_at IS NULL OR next_run_at <= $1)
       ORDER BY id FOR NO KEY UPDATE OF d SKIP LOCKED`,
      [now],
    );
  }

  /** Locks a definition before its run is created, so that it cannot be deleted in between. */
  async lockDefinition(
    manager: EntityManager,
    id: number,
  ): Promise<(PlannedDefinition & { readonly is_active: boolean }) | null> {
    return manager.findOne(StrategyDefinition, {
      select: { id: true, version: true, is_active: true },
      where: { id },
      lock: { mode: 'for_key_share' },
    });
  }

  async scheduleNext(manager: EntityManager, definitionId: number, at: Date): Promise<void> {
    await manager.update(StrategyDefinition, { id: definitionId }, { next_run_at: at });
  }

  /** Inserts runs in one statement. Skips ticks that have a run already. @returns the number of inserted runs. */
  async insertRuns(manager: EntityManager, runs: readonly NewRun[]): Promise<number> {
    if (runs.length === 0) return 0;
    const { raw } = await manager
      .createQueryBuilder()
      .insert()
      .into(StrategyRun)
      .values([...runs])
      .orIgnore()
      .returning('id')
      .execute();
    return (raw as unknown[]).length;
  }
}
