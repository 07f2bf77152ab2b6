import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Sums of the daily returns of an instance's dropped months, for the Sharpe ratio. No foreign key: writing it would lock
 * instances that runs are changing.
 */
@Entity('past_returns')
export class PastReturns {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_past_returns' })
  portfolio_id!: string;

  /** Number of returns. */
  @Column('integer')
  days!: number;

  /** Days that they span: more than their number where days are missing. */
  @Column('integer')
  span_days!: number;

  /** A day's return on average. */
  @Column('double precision')
  mean!: number;

  /** Sum of (return - days * mean)^2 / days. */
  @Column('double precision')
  squares!: number;

  /** Total value at the end of the last day. */
  @Column('double precision')
  last_value!: number;

  /** That day (UTC); null in rows of before it was stored: the day before the next value. */
  @Column('date', { nullable: true })
  last_day!: string | null;
}
