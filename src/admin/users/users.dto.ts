import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, ValidateIf } from 'class-validator';
import { ROLES, type Role } from '../../auth/access.js';
import { IsNewPassword, IsEmailAddress } from '../../auth/credential-rules.js';
import { UserView } from '../../auth/users/user.view.js';
import { IsOneLineText } from '../../platform/http/input/field-rules.js';
import { ListQuery } from '../../platform/http/paging.js';
import { QueryBoolean, QueryText } from '../../platform/http/input/query-values.js';

const LONGEST_NAME = 200;

export class UsersQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Only users with this role.', enum: ROLES })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'Only users who may sign in (true) or may not (false).', type: Boolean })
  @QueryBoolean()
  is_active?: boolean;

  @ApiPropertyOptional({
    description: 'Part of the e-mail address or name, case-insensitive.',
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
    description: 'Initial password: 8 to 128 characters, not a common one. The user can change it.',
    minLength: 8,
    maxLength: 128,
    format: 'password',
    example: 'a long enough passphrase',
  })
  @IsNewPassword()
  password!: string;

  @ApiPropertyOptional({
    description: 'Display name, visible to other users.',
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
  @ApiPropertyOptional({ description: "Takes effect with the user's next request.", enum: ROLES, example: 'trader' })
  @ValidateIf((_body, value) => value !== undefined)
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'false signs the user out everywhere and blocks sign-in.', example: true })
  @ValidateIf((_body, value) => value !== undefined)
  @IsBoolean()
  is_active?: boolean;

  @ApiPropertyOptional({
    description: 'Display name, visible to other users; null removes it.',
    type: String,
    nullable: true,
    maxLength: 200,
    example: 'Ada Lovelace',
  })
  @IsOptional()
  @IsOneLineText(LONGEST_NAME)
  full_name?: string | null;
}

export class ChangedUserView extends UserView {
  @ApiProperty({
    description: 'Strategies that this change stopped, because the user may trade no longer.',
    type: 'integer',
    example: 0,
  })
  stopped_strategies!: number;
}
