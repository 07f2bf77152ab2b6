import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsString, Length, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { IsOneLineText } from '../../platform/http/input/field-rules.js';
import { DeferValidation } from '../../platform/http/input/validation.js';

/** Unlike IsOptional, `null` is not taken for "not given". */
export function WhenGiven(): PropertyDecorator {
  return ValidateIf((_body, value) => value !== undefined);
}

/** Keys are sent in headers and URLs: visible ASCII only, which also catches a line break that was pasted along. */
const KEY_TEXT = /^[\x21-\x7e]+$/;
const KEY_MESSAGE = { message: 'hold visible ASCII characters only, no spaces' };

/** Changes of an agent or a tool: the switch and what the console shows. */
export class SwitchBody {
  @ApiPropertyOptional({ description: 'false switches it off from the next run.', example: true })
  @WhenGiven()
  @IsBoolean()
  is_active?: boolean;

  @ApiPropertyOptional({ description: 'Display name.', minLength: 1, maxLength: 200, example: 'The Oracle' })
  @WhenGiven()
  @IsOneLineText(200)
  display_name?: string;

  @ApiPropertyOptional({ description: 'Description.', maxLength: 2000, example: 'Reads the macro economy.' })
  @WhenGiven()
  @IsString()
  @MaxLength(2000)
  description?: string;
}

/** The columns that a {@link SwitchBody} changes. */
export function toRegistryChange(body: SwitchBody): {
  is_active?: boolean;
  display_name?: string;
  description?: string;
} {
  return {
    ...(body.is_active === undefined ? {} : { is_active: body.is_active }),
    ...(body.display_name === undefined ? {} : { display_name: body.display_name }),
    ...(body.description === undefined ? {} : { description: body.description }),
  };
}

/** Changes of an API; whether the address is one of it, the service checks. */
@DeferValidation()
export class ApiConfigBody {
  @ApiPropertyOptional({
    description: 'New key; null removes it. Stored encrypted, never returned.',
    type: String,
    format: 'password',
    nullable: true,
    maxLength: 500,
    example: 'abcdef0123456789abcdef0123456789',
  })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsString()
  @Length(1, 500)
  @Matches(KEY_TEXT, KEY_MESSAGE)
  api_key?: string | null;

  @ApiPropertyOptional({
    description: 'New secret, for APIs that have one besides the key; null removes it.',
    type: String,
    format: 'password',
    nullable: true,
    maxLength: 500,
    example: null,
  })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsString()
  @Length(1, 500)
  @Matches(KEY_TEXT, KEY_MESSAGE)
  api_secret?: string | null;

  @ApiPropertyOptional({
    description: 'https and a public host name.',
    maxLength: 500,
    example: 'https://api.stlouisfed.org',
  })
  @WhenGiven()
  @IsString()
  base_url?: string;

  @ApiPropertyOptional({
    description: 'Requests per minute.',
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    example: 120,
  })
  @WhenGiven()
  @IsInt()
  @Min(1)
  @Max(100_000)
  rate_limit?: number;

  @ApiPropertyOptional({ description: 'Takes effect on the next run.', example: true })
  @WhenGiven()
  @IsBoolean()
  is_active?: boolean;
}
