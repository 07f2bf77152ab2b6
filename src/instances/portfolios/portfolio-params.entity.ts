import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** Params that an instance had from `changedAt` on. Never updated: executions name the version they used. */
@Entity('portfolio_params_history')
export class PortfolioParams {
  @PrimaryColumn('uuid', { name: 'portfolio_id', primaryKeyConstraintName: 'pk_portfolio_params_history' })
  portfolioId!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_portfolio_params_history_portfolio' })
  portfolio?: unknown;

  @PrimaryColumn('integer', { name: 'params_version', primaryKeyConstraintName: 'pk_portfolio_params_history' })
  paramsVersion!: number;

  @Column('jsonb')
  params!: Record<string, unknown>;

  /** Null: the program itself. */
  @Column('uuid', { name: 'changed_by', nullable: true })
  changedBy!: string | null;

  @ManyToOne('User', { nullable: true })
  @JoinColumn({ name: 'changed_by', foreignKeyConstraintName: 'fk_portfolio_params_history_user' })
  changedByUser?: unknown;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt!: Date;
}
