import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { IsOneLineText } from '../platform/http/input/field-rules.js';
import { IsNewPassword, IsEmailAddress } from './credential-rules.js';

const LONGEST_NAME = 200;
/** The longest password in UTF-16 units: 128 characters of two each. A limit for a sign-in, not for a new password. */
const LONGEST_GIVEN_PASSWORD = 256;

export class RegisterBody {
  @ApiProperty({ description: 'E-mail address; case does not matter.', maxLength: 254, example: 'ada@example.com' })
  @IsEmailAddress()
  email!: string;

  @ApiProperty({
    description: '8 to 128 characters, not a common password.',
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
}

export class LoginBody {
  @ApiProperty({ description: 'E-mail address; case does not matter.', maxLength: 254, example: 'ada@example.com' })
  @IsEmailAddress()
  email!: string;

  @ApiProperty({ description: 'Password.', format: 'password', maxLength: 128, example: 'a long enough passphrase' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_GIVEN_PASSWORD)
  password!: string;
}

export class RefreshBody {
  @ApiProperty({
    description: 'The refresh token of the last sign-in or refresh.',
    example: 'rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M',
  })
  @IsString()
  @Length(43, 43)
  @Matches(/^[A-Za-z0-9_-]+$/, { message: 'hold letters, digits, - and _ only' })
  refresh_token!: string;
}

export class ProfileBody {
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

  @ApiPropertyOptional({
    description: 'The new password: 8 to 128 characters, not a common one. All other sessions end.',
    minLength: 8,
    maxLength: 128,
    format: 'password',
    example: 'another long passphrase',
  })
  @ValidateIf((body: ProfileBody) => body.password !== undefined)
  @IsNewPassword()
  password?: string;

  @ApiPropertyOptional({
    description: 'The current password; required with a new one.',
    format: 'password',
    maxLength: 128,
    example: 'a long enough passphrase',
  })
  @ValidateIf((body: ProfileBody) => body.password !== undefined || body.current_password !== undefined)
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_GIVEN_PASSWORD)
  current_password?: string;
}

export class TokensView {
  @ApiProperty({ description: 'Send as `Authorization: Bearer ...`.', example: 'eyJhbGciOiJIUzI1NiIs...' })
  access_token!: string;

  @ApiProperty({ description: 'Always Bearer.', enum: ['Bearer'], example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({ description: 'Seconds until the access token expires.', type: 'integer', example: 900 })
  expires_in!: number;

  @ApiProperty({
    description: 'Valid for one POST /auth/refresh within 30 days.',
    example: 'rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M',
  })
  refresh_token!: string;
}
