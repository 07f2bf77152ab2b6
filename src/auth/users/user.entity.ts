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
  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('varchar', { name: 'full_name', length: 200, nullable: true })
  fullName!: string | null;

  /** Address and name in lower case, as lists look for them. The database computes it. */
  @Column({
    type: 'text',
    name: 'searched_text',
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: `lower((email || chr(10) || coalesce(full_name, '')) COLLATE "und-x-icu")`,
  })
  searchedText!: string;

  @Column('varchar', { length: 16 })
  role!: Role;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
