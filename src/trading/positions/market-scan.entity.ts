import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Up to when the candles of a market were examined for the stops of its positions. */
@Entity('kept_markets')
export class MarketScan {
  @PrimaryColumn('varchar', { length: 32, primaryKeyConstraintName: 'pk_kept_markets' })
  channel!: string;

  @PrimaryColumn('varchar', { length: 20, primaryKeyConstraintName: 'pk_kept_markets' })
  symbol!: string;

  /** Close of the last one. */
  @Column('timestamptz')
  examined_until!: Date;
}
