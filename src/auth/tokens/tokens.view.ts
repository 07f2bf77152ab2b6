import { ApiProperty } from '@nestjs/swagger';

/** What a sign-in answers. */
export class TokensView {
  @ApiProperty({ description: 'Send as `Authorization: Bearer ...`.', example: 'eyJhbGciOiJIUzI1NiIs...' })
  access_token!: string;

  @ApiProperty({ description: 'Always Bearer.', enum: ['Bearer'], example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({ description: 'Seconds until the access token runs out.', type: 'integer', example: 900 })
  expires_in!: number;

  @ApiProperty({
    description: 'Good for one POST /auth/refresh within 30 days.',
    example: 'rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M',
  })
  refresh_token!: string;
}
