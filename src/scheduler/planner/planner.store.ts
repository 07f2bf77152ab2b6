import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StrategyDefinition } from '../../definitions/strategy-definition.entity.js';
import type { Row } from '../../platform/database/row.js';
import { StrategyRun } from '../runs/strategy-run.entity.js';

export type PlannedDefinition = Pick<Row<StrategyDefinition>, 'id' | 'version'>;

/** A definition whose time has come. */
export interface DueDefinition
  extends PlannedDefinition, Pick<Row<StrategyDefinition>, 'rebalance_period_minutes' | 'next_run_at'> {
  readonly has_runs: boolean;
}

/** A run as it begins, or one that was missed. */
export type NewRun = Pick<
  Row<StrategyRun>,
  'id' | 'definition_id' | 'definition_version' | 'scheduled_for' | 'trigger' | 'status' | 'counters' | 'created_at'
> &
  Partial<Pick<Row<StrategyRun>, 'error' | 'finished_at'>>;

/** The statements by which runs are made. */
@Injectable()
export class PlannerStore {
  /** The definitions that are due. One that another process plans at this moment is not waited for: it will be planned. */
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

  /** A definition of which a run is about to be made: it is not removed meanwhile. */
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

  /** Makes runs by one statement. @returns how many were made: one whose tick has a run already is left out. */
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
