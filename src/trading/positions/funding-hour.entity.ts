import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/**
 * An hour at whose end a perpetual position was held. Its funding is owed until it is settled, even after the position closes,
 * and is settled at most once. An hour is given up when its price or rate stays unknown or its settlement keeps failing.
 */
@Entity('funding_hours')
@Index('ix_funding_hours_hour', ['hour'], { type: 'brin' })
@Index('ix_funding_hours_owed', ['symbol', 'hour', 'portfolio_id'], {
  where: '((settled_at IS NULL) AND (given_up_at IS NULL))',
})
@Check('ck_funding_hours_quantity', `quantity <> 0 AND quantity <> 'NaN'`)
@Check(
  'ck_funding_hours_settled',
  `num_nonnulls(price, rate, amount, settled_at) IN (0, 4) AND (settled_at IS NULL OR given_up_at IS NULL)`,
)
@Check('ck_funding_hours_money', `price > 0 AND price <> 'NaN' AND rate <> 'NaN' AND amount <> 'NaN'`)
export class FundingHour {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_funding_hours' })
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_funding_hours_portfolio' })
  portfolio?: unknown;

  @PrimaryColumn('varchar', { length: 20, primaryKeyConstraintName: 'pk_funding_hours' })
  symbol!: string;

  /** End of the hour. */
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_funding_hours' })
  hour!: Date;

  /** Opening time of the position; identifies it. */
  @Column('timestamptz')
  opened_at!: Date;

  /** Base units held, negative for a short. */
  @Column('numeric', { precision: 38, scale: 18 })
  quantity!: string;

  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  price!: string | null;

  /** Fraction per 8 hours. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  rate!: string | null;

  /** Quote currency; positive when received, negative when paid. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  amount!: string | null;

  @Column('timestamptz', { nullable: true })
  settled_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  given_up_at!: Date | null;
}
