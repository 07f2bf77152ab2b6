import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the instances of a market were valued at last. */
@Entity('valued_markets')
export class ValuedMarketPrice {
  @PrimaryColumn('varchar', { length: 32, primaryKeyConstraintName: 'pk_valued_markets' })
  channel!: string;

  @PrimaryColumn('varchar', { length: 20, primaryKeyConstraintName: 'pk_valued_markets' })
  symbol!: string;

  /** In quote currency. */
  @Column('numeric', { precision: 38, scale: 18 })
  price!: string;

  @Column('timestamptz', { name: 'valued_at' })
  valuedAt!: Date;
}
