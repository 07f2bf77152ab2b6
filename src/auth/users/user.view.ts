import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role, type SignedInUser } from '../access.js';
import type { User } from './user.entity.js';

export class UserView {
  @ApiProperty({ description: 'Id.', format: 'uuid', example: '3f0c2a52-6f1e-4c39-9d57-0a4b6a1d1f10' })
  id!: string;

  @ApiProperty({ description: 'E-mail address, in lower case.', example: 'ada@example.com' })
  email!: string;

  @ApiProperty({ description: 'Full name.', type: String, nullable: true, example: 'Ada Lovelace' })
  full_name!: string | null;

  @ApiProperty({ description: 'What the user may do.', enum: ROLES, example: 'trader' })
  role!: Role;

  @ApiProperty({ description: 'Whether the user may sign in.', example: true })
  is_active!: boolean;

  @ApiProperty({
    description:
      'Whether the password was generated, or set by an administrator, and not changed since. On a database of its own ' +
      '(DATABASE_URL) the user can do nothing before changing it.',
    example: false,
  })
  must_change_password!: boolean;

  @ApiProperty({ description: 'Counts the changes; also in the ETag.', type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({
    description: 'When the account was created.',
    format: 'date-time',
    example: '2025-01-01T00:00:00.000Z',
  })
  created_at!: string;

  @ApiProperty({ description: 'When it was last changed.', format: 'date-time', example: '2025-01-01T00:00:00.000Z' })
  updated_at!: string;
}

export function toUserView(user: User): UserView {
  return {
    id: user.id,
    email: user.email,
    full_name: user.full_name,
    role: user.role,
    is_active: user.is_active,
    must_change_password: user.must_change_password,
    version: user.version,
    created_at: user.created_at.toISOString(),
    updated_at: user.updated_at.toISOString(),
  };
}

export function toSignedInUser(user: Pick<User, 'id' | 'email' | 'full_name' | 'role'>): SignedInUser {
  return { id: user.id, email: user.email, full_name: user.full_name, role: user.role };
}
