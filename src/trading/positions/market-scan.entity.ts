import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the candles of a market were checked against the stops of its positions. */
@Entity('kept_markets')
export class MarketScan {
  @PrimaryColumn('varchar', { length: 32, primaryKeyConstraintName: 'pk_kept_markets' })
  channel!: string;

  @PrimaryColumn('varchar', { length: 20, primaryKeyConstraintName: 'pk_kept_markets' })
  symbol!: string;

  /** Close of the last examined candle. */
  @Column('timestamptz')
  examined_until!: Date;
}
