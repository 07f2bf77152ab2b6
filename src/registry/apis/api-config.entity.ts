import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** An outside interface: where it is, how often it may be asked, and with which key. */
@Entity('api_config')
@Check('ck_api_config_rate_limit', 'rate_limit BETWEEN 1 AND 100000')
export class ApiConfig {
  @PrimaryColumn('varchar', { name: 'api_name', length: 64, primaryKeyConstraintName: 'pk_api_config' })
  apiName!: string;

  @Column('varchar', { name: 'display_name', length: 200 })
  displayName!: string;

  @Column('text')
  description!: string;

  @Column('varchar', { name: 'base_url', length: 500 })
  baseUrl!: string;

  /** Fernet tokens: see SecretBox. */
  @Column('text', { name: 'api_key_encrypted', nullable: true })
  apiKeyEncrypted!: string | null;

  @Column('text', { name: 'api_secret_encrypted', nullable: true })
  apiSecretEncrypted!: string | null;

  /** The key's last four characters, to tell keys apart; null for a key too short to show any of it. */
  @Column('varchar', { name: 'key_last4', length: 4, nullable: true })
  keyLast4!: string | null;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  /** Requests a minute. */
  @Column('integer', { name: 'rate_limit' })
  rateLimit!: number;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
