import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Sums of the daily returns of an instance's dropped months, for the Sharpe ratio. No foreign key: writing it would lock
 * instances that runs are changing.
 */
@Entity('past_returns')
export class PastReturns {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_past_returns' })
  portfolio_id!: string;

  /** Number of daily returns. */
  @Column('integer')
  days!: number;

  @Column('double precision')
  mean!: number;

  /** Sum of the squared deviations from the mean. */
  @Column('double precision')
  squares!: number;

  /** Total value at the end of the last day, above 0. */
  @Column('double precision')
  last_value!: number;
}
