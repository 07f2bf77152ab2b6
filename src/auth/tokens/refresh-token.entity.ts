import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';

/**
 * A refresh token. All tokens that were rotated from one sign-in are a family: the session. Only the SHA-256 of a token
 * is stored.
 */
@Entity('refresh_tokens')
@Unique('uq_refresh_tokens_token_hash', ['token_hash'])
@Index('ix_refresh_tokens_family', ['family_id'])
@Index('ix_refresh_tokens_user', ['user_id'])
export class RefreshToken {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'pk_refresh_tokens' })
  id!: string;

  @Column('uuid')
  user_id!: string;

  @ManyToOne('User', { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_refresh_tokens_user' })
  readonly user?: unknown;

  @Column('uuid')
  family_id!: string;

  @Column('varchar', { length: 64 })
  token_hash!: string;

  @Column('timestamptz')
  expires_at!: Date;

  /** When it was exchanged for the next one. A second use means that another party has it. */
  @Column('timestamptz', { nullable: true })
  used_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  revoked_at!: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;
}
