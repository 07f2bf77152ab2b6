import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What the statistics need of an instance's months that are not kept any more. No foreign key: to write it would lock the
 * instances, which runs go on changing meanwhile.
 */
@Entity('past_returns')
export class PastReturns {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_past_returns' })
  portfolio_id!: string;

  /** Daily returns that were counted. */
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
