import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, ValidateIf } from 'class-validator';
import { ROLES, type Role } from '../../auth/access.js';
import { IsNewPassword, IsEmailAddress } from '../../auth/credential-rules.js';
import { IsOneLineText } from '../../platform/http/input/field-rules.js';
import { ListQuery } from '../../platform/http/paging.js';
import { QueryBoolean, QueryText } from '../../platform/http/input/query-values.js';

const LONGEST_NAME = 200;

export class UsersQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Only users of this role.', enum: ROLES })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'Only users who may (or may not) sign in.', type: Boolean })
  @QueryBoolean()
  is_active?: boolean;

  @ApiPropertyOptional({
    description: 'Part of the address or the name; upper and lower case count alike.',
    type: String,
  })
  @QueryText(200)
  q?: string;
}

export class CreateUserBody {
  @ApiProperty({ description: 'E-mail address; case does not matter.', maxLength: 254, example: 'ada@example.com' })
  @IsEmailAddress()
  email!: string;

  @ApiProperty({
    description: 'First password: 8 to 128 characters, none of the common ones. The user can change it.',
    minLength: 8,
    maxLength: 128,
    format: 'password',
    example: 'a long enough passphrase',
  })
  @IsNewPassword()
  password!: string;

  @ApiPropertyOptional({
    description: 'Name for others to see.',
    type: String,
    nullable: true,
    maxLength: 200,
    example: 'Ada Lovelace',
  })
  @IsOptional()
  @IsOneLineText(LONGEST_NAME)
  full_name?: string | null;

  @ApiProperty({ description: 'What the user may do.', enum: ROLES, example: 'trader' })
  @IsIn(ROLES)
  role!: Role;
}

export class UpdateUserBody {
  @ApiPropertyOptional({ description: 'Counts from the next request of the user on.', enum: ROLES, example: 'trader' })
  @ValidateIf((_body, value) => value !== undefined)
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'false signs the user out everywhere and keeps them out.', example: true })
  @ValidateIf((_body, value) => value !== undefined)
  @IsBoolean()
  is_active?: boolean;

  @ApiPropertyOptional({
    description: 'Name for others to see; null removes it.',
    type: String,
    nullable: true,
    maxLength: 200,
    example: 'Ada Lovelace',
  })
  @IsOptional()
  @IsOneLineText(LONGEST_NAME)
  full_name?: string | null;
}
