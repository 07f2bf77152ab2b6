import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Role } from '../access.js';

@Entity('users')
@Unique('uq_users_email', ['email'])
@Check('ck_users_email_lower_case', 'email = lower(email)')
@Check('ck_users_role', "role IN ('user', 'trader', 'admin')")
export class User {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'pk_users' })
  id!: string;

  /** Trimmed and in lower case. */
  @Column('varchar', { length: 254 })
  email!: string;

  /** argon2id in PHC format. */
  @Column('text')
  password_hash!: string;

  /** Somebody else knows the password: it was generated, or set by an administrator or a command. */
  @Column('boolean', { default: false })
  must_change_password!: boolean;

  @Column('varchar', { length: 200, nullable: true })
  full_name!: string | null;

  /** Address and name in lower case, for searches. The database computes it. */
  @Column({
    type: 'text',
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: `lower((email || chr(10) || coalesce(full_name, '')) COLLATE "und-x-icu")`,
  })
  searched_text!: string;

  @Column('varchar', { length: 16 })
  role!: Role;

  @Column('boolean', { default: true })
  is_active!: boolean;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;
}
