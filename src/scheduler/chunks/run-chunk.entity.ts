import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A range of a run's instances, by id: the unit of work of a transaction. Finished exactly once. */
@Entity('strategy_run_chunks')
export class RunChunk {
  @PrimaryColumn('uuid', { name: 'run_id', primaryKeyConstraintName: 'pk_strategy_run_chunks' })
  runId!: string;

  @ManyToOne('StrategyRun', { nullable: false })
  @JoinColumn({ name: 'run_id', foreignKeyConstraintName: 'fk_strategy_run_chunks_run' })
  run?: unknown;

  @PrimaryColumn('integer', { name: 'chunk_index', primaryKeyConstraintName: 'pk_strategy_run_chunks' })
  chunkIndex!: number;

  @Column('uuid', { name: 'first_portfolio_id' })
  firstPortfolioId!: string;

  @Column('uuid', { name: 'last_portfolio_id' })
  lastPortfolioId!: string;

  /** Attempts that failed. */
  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
