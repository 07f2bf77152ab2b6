import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A candle that was missing when later ones were examined, or a span of candles that no source reaches. */
@Entity('candle_gaps')
@Index('ix_candle_gaps_open', ['channel', 'symbol'], { where: '(ended_at IS NULL)' })
@Check('ck_candle_gaps_outcome', `outcome IN ('examined', 'given_up') AND (outcome IS NULL) = (ended_at IS NULL)`)
export class CandleGap {
  @PrimaryColumn('varchar', { length: 32, primaryKeyConstraintName: 'pk_candle_gaps' })
  channel!: string;

  @PrimaryColumn('varchar', { length: 20, primaryKeyConstraintName: 'pk_candle_gaps' })
  symbol!: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_candle_gaps' })
  opens_at!: Date;

  @Column('timestamptz')
  closes_at!: Date;

  @Column('timestamptz')
  found_at!: Date;

  @Column('timestamptz', { nullable: true })
  ended_at!: Date | null;

  /** Null while it may still arrive. */
  @Column('varchar', { length: 16, nullable: true })
  outcome!: 'examined' | 'given_up' | null;
}
