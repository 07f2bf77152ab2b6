import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The newest answer to a question about the market, and who is asking it at the moment; shared by all processes. */
@Entity('market_fetches')
export class MarketFetch {
  @PrimaryColumn('varchar', { length: 120, primaryKeyConstraintName: 'pk_market_fetches' })
  fetch_key!: string;

  /** Until then one process asks and the others wait; by the database's clock. */
  @Column('timestamptz')
  claimed_until!: Date;

  /** When the question went out that the answer is for; null before the first answer. */
  @Column('timestamptz', { nullable: true })
  asked_at!: Date | null;

  @Column('jsonb', { nullable: true })
  answer!: unknown;

  /** Questions that had no answer, ever: who waits sees by it that the one they wait for has failed. */
  @Column('integer', { default: 0 })
  failures!: number;

  @Column('text', { nullable: true })
  last_failure!: string | null;
}
