import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/**
 * An hour that a perpetual position was held at the end of. Its funding is owed until it is settled, whether or not the
 * position is still open, and is settled once at most. Given up: price or rate never became known, or could not be paid.
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

  /** Its end. */
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_funding_hours' })
  hour!: Date;

  /** Which position it was. */
  @Column('timestamptz')
  opened_at!: Date;

  /** Base units that were held, negative for a short. */
  @Column('numeric', { precision: 38, scale: 18 })
  quantity!: string;

  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  price!: string | null;

  /** Fraction per 8 hours. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  rate!: string | null;

  /** Received; negative: paid. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  amount!: string | null;

  @Column('timestamptz', { nullable: true })
  settled_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  given_up_at!: Date | null;
}
