import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The newest answer to a question about the market, and who is asking it at the moment; shared by all processes. */
@Entity('market_fetches')
export class MarketFetch {
  @PrimaryColumn('varchar', { name: 'fetch_key', length: 120, primaryKeyConstraintName: 'pk_market_fetches' })
  fetchKey!: string;

  /** Until then one process asks and the others wait; by the database's clock. */
  @Column('timestamptz', { name: 'claimed_until' })
  claimedUntil!: Date;

  /** When the question went out that the answer is for; null before the first answer. */
  @Column('timestamptz', { name: 'asked_at', nullable: true })
  askedAt!: Date | null;

  @Column('jsonb', { nullable: true })
  answer!: unknown;

  /** Questions that had no answer, ever: who waits sees by it that the one they wait for has failed. */
  @Column('integer', { default: 0 })
  failures!: number;

  @Column('text', { name: 'last_failure', nullable: true })
  lastFailure!: string | null;
}
