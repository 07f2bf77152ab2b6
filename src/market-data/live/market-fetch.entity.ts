import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The newest answer to a market request, and the claim of the process that is fetching it; shared by all processes. */
@Entity('market_fetches')
export class MarketFetch {
  @PrimaryColumn('varchar', { length: 120, primaryKeyConstraintName: 'pk_market_fetches' })
  fetch_key!: string;

  /** End of the claim: until then one process fetches and the others wait. By the database's clock. */
  @Column('timestamptz')
  claimed_until!: Date;

  /** When the request for the stored answer was sent; null before the first answer. */
  @Column('timestamptz', { nullable: true })
  asked_at!: Date | null;

  @Column('jsonb', { nullable: true })
  answer!: unknown;

  /** Total number of failed requests; waiting processes detect by it that the request they wait for has failed. */
  @Column('integer', { default: 0 })
  failures!: number;

  @Column('text', { nullable: true })
  last_failure!: string | null;
}
