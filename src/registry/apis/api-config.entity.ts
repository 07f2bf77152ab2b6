import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** An outside API: its address, rate limit and key. */
@Entity('api_config')
@Check('ck_api_config_rate_limit', 'rate_limit BETWEEN 1 AND 100000')
export class ApiConfig {
  @PrimaryColumn('varchar', { length: 64, primaryKeyConstraintName: 'pk_api_config' })
  api_name!: string;

  @Column('varchar', { length: 200 })
  display_name!: string;

  @Column('text')
  description!: string;

  @Column('varchar', { length: 500 })
  base_url!: string;

  /** Fernet tokens: see SecretBox. */
  @Column('text', { nullable: true })
  api_key_encrypted!: string | null;

  @Column('text', { nullable: true })
  api_secret_encrypted!: string | null;

  /** The key's last four characters, to tell keys apart; null for a key that is too short to show any. */
  @Column('varchar', { length: 4, nullable: true })
  key_last4!: string | null;

  @Column('boolean', { default: true })
  is_active!: boolean;

  /** Requests per minute. */
  @Column('integer')
  rate_limit!: number;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;
}
