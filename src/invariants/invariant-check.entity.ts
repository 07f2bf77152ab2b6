import { Column, Entity, PrimaryColumn } from 'typeorm';

export interface InvariantResult {
  readonly name: string;
  readonly forbids: string;
  readonly violations: number;
  /** Keys of some of the violating rows. */
  readonly examples: readonly string[];
}

/** One check of all invariants. Only the latest are kept. */
@Entity('invariant_checks')
export class InvariantCheck {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_invariant_checks' })
  id!: string;

  @Column('timestamptz')
  checked_at!: Date;

  @Column('integer')
  duration_ms!: number;

  /** What older runs, orders, trades and snapshots hold was left out; null: nothing was. */
  @Column('timestamptz', { nullable: true })
  since!: Date | null;

  /** How many invariants were violated. */
  @Column('integer')
  violated!: number;

  @Column('jsonb')
  results!: InvariantResult[];
}
