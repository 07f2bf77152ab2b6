import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A range of a run's instances by id, served in one transaction. Finished exactly once. */
@Entity('strategy_run_chunks')
export class RunChunk {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_strategy_run_chunks' })
  run_id!: string;

  @ManyToOne('StrategyRun', { nullable: false })
  @JoinColumn({ name: 'run_id', foreignKeyConstraintName: 'fk_strategy_run_chunks_run' })
  run?: unknown;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_strategy_run_chunks' })
  chunk_index!: number;

  @Column('uuid')
  first_portfolio_id!: string;

  @Column('uuid')
  last_portfolio_id!: string;

  /** Failed attempts. */
  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}
