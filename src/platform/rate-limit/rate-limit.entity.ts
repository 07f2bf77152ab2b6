import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A counter and its window. `Counter` writes it with a statement of its own. */
@Entity('rate_limits')
export class RateLimit {
  @PrimaryColumn('varchar', { length: 255, primaryKeyConstraintName: 'pk_rate_limits' })
  key!: string;

  @Column('integer', { default: 0 })
  points!: number;

  /** End of the window by the database’s clock, ms since the epoch. */
  @Column('bigint', { nullable: true })
  expire!: string | null;
}
