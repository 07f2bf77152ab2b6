import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** Params that an instance had from `changedAt` on. Never updated: executions name the version they used. */
@Entity('portfolio_params_history')
export class PortfolioParams {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_portfolio_params_history' })
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_portfolio_params_history_portfolio' })
  portfolio?: unknown;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_portfolio_params_history' })
  params_version!: number;

  @Column('jsonb')
  params!: Record<string, unknown>;

  /** Null: the program itself. */
  @Column('uuid', { nullable: true })
  changed_by!: string | null;

  @ManyToOne('User', { nullable: true })
  @JoinColumn({ name: 'changed_by', foreignKeyConstraintName: 'fk_portfolio_params_history_user' })
  changedByUser?: unknown;

  @Column('timestamptz')
  changed_at!: Date;
}
