import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What the decisions of a run rested on besides market and analyses. */
export interface RunBasisRow {
  /** Null: the run is older than this record, and its definition has changed since. */
  readonly business_agents: readonly string[] | null;
  readonly decision_agent_class: string | null;
  /** Null: not recorded. */
  readonly decision_agent_version: string | null;
  /** Basis points; null: not recorded. */
  readonly slippage_bps: number | null;
  /** Of the definition, where these two never change. */
  readonly trade_channel: string;
  readonly trade_symbol: string;
}

@Injectable()
export class RecomputeStore {
  constructor(private readonly database: DataSource) {}

  async basisOf(runId: string): Promise<RunBasisRow> {
    const [row] = await this.database.query<RunBasisRow[]>(
      `SELECT r.business_agents, r.decision_agent_class, r.decision_agent_version, r.slippage_bps,
         d.trade_channel, d.trade_symbol
       FROM strategy_runs r JOIN strategy_definitions d ON d.id = r.definition_id WHERE r.id = $1`,
      [runId],
    );
    // Runs are never removed, and an invariant forbids an execution without one.
    return row!;
  }
}
