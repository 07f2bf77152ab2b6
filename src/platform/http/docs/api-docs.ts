import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Values } from '../../../domain/violation.js';

const VALUES = {
  description: 'Figures and names in the message, for clients that word it themselves.',
  type: 'object' as const,
  additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
};

export class ViolationView {
  @ApiProperty({ description: 'JSON pointer to the offending value.', example: '/initial_balance' })
  pointer!: string;

  @ApiProperty({ description: 'Stable snake_case code.', example: 'out_of_range' })
  code!: string;

  @ApiProperty({ description: 'What would be valid.', example: '"initial_balance" must be above 0.' })
  message!: string;

  @ApiPropertyOptional({ ...VALUES, example: { above: 0 } })
  values?: Values;
}

/** RFC 9457. */
export class ProblemView {
  @ApiProperty({ description: 'URI of the kind of problem.', example: 'urn:conclave:problem:validation_failed' })
  type!: string;

  @ApiProperty({ description: 'The problem in words.', example: 'Validation failed' })
  title!: string;

  @ApiProperty({ description: 'HTTP status.', example: 422, type: 'integer' })
  status!: number;

  @ApiProperty({ description: 'What happened and what to do.', example: 'One field is not valid. See errors.' })
  detail!: string;

  @ApiProperty({ description: 'Path of the request.', example: '/api/v1/strategies' })
  instance!: string;

  @ApiProperty({ description: 'Stable snake_case code for programs.', example: 'validation_failed' })
  code!: string;

  @ApiProperty({ description: 'Every violation; empty if there is none.', type: [ViolationView] })
  errors!: ViolationView[];

  @ApiPropertyOptional({ ...VALUES, example: { limit: 100 } })
  values?: Values;

  @ApiProperty({
    description: 'Also in X-Request-ID and in the log.',
    example: '6f9d3a52-0f3e-4b52-9d57-0a4b6a1d1f10',
  })
  trace_id!: string;
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is malformed, or names an unknown query parameter, filter or sort field.',
  401: 'Not signed in, or the token is no longer valid.',
  403: 'The role does not allow this.',
  404: 'It does not exist, or you may not see it.',
  409: 'The request conflicts with the current state.',
  410: 'It existed, but is no longer kept.',
  412: 'If-Match does not match the current version.',
  413: 'The body is larger than 100 KiB.',
  415: 'The body is not JSON.',
  422: 'The content is not valid; errors lists every violation.',
  428: 'Prefer: strict was sent without If-Match.',
  429: 'Too many requests; retry after the time in Retry-After.',
  503: 'A dependency is not available; retry after the time in Retry-After.',
};

/** Documents the error answers of an operation, each as `application/problem+json`. */
export function ApiProblems(...statuses: number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(ProblemView),
    ...statuses.map((status) => ApiResponse({ status, ...problemAnswer(status) })),
  );
}

/** Documents one error answer with a description of its own. */
export function ApiProblem(status: number, description: string): MethodDecorator & ClassDecorator {
  return applyDecorators(ApiExtraModels(ProblemView), ApiResponse({ status, ...problemAnswer(status), description }));
}

export function problemAnswer(status: number) {
  return {
    description: DESCRIPTIONS[status] ?? 'The request failed.',
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemView) } } },
  };
}

/** Documents `{items, total, limit, offset}` of a model. */
export function ApiPage(model: Type, description = 'One page.'): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(model),
    ApiOkResponse({
      description,
      schema: {
        type: 'object',
        required: ['items', 'total', 'limit', 'offset'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(model) } },
          total: { type: 'integer', minimum: 0, description: 'All entries that match.', example: 1 },
          limit: { type: 'integer', minimum: 1, maximum: 200, example: 50 },
          offset: { type: 'integer', minimum: 0, example: 0 },
        },
      },
    }),
  );
}

/** Documents `{items, next_cursor}` of a model. */
export function ApiCursorPage(model: Type, description = 'One page, newest first.'): MethodDecorator {
  return cursorPage(model, description, false);
}

/** Documents `{items, next_cursor, kept_from}` of a model whose oldest months may be dropped. */
export function ApiRetainedPage(model: Type): MethodDecorator {
  return cursorPage(model, 'One page, newest first, of what is kept.', true);
}

function cursorPage(model: Type, description: string, kept: boolean): MethodDecorator {
  const retainedFrom = {
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Older entries are no longer kept; null: everything is kept.',
    example: null,
  };
  return applyDecorators(
    ApiExtraModels(model),
    ApiOkResponse({
      description,
      schema: {
        type: 'object',
        required: ['items', 'next_cursor', ...(kept ? ['kept_from'] : [])],
        properties: {
          ...(kept ? { kept_from: retainedFrom } : {}),
          items: { type: 'array', items: { $ref: getSchemaPath(model) } },
          next_cursor: {
            type: 'string',
            nullable: true,
            description: 'Send as cursor for the next page; null on the last one.',
            example: null,
          },
        },
      },
    }),
  );
}

export const IF_MATCH_HEADER = {
  name: 'If-Match',
  required: false,
  // No example: Swagger UI would send it, and the answer would be 412.
  description: 'ETag that was read, such as `"v1"`; where it is not the present version the answer is 412.',
  schema: { type: 'string' as const },
};

/** Documents the `Idempotency-Key` header of a request that creates something. */
export const IDEMPOTENCY_KEY_HEADER = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'A key of your own for this request, such as a new UUID. The same key with the same body within 24 hours is answered with the first ' +
    'answer and makes nothing new; with another body 422 `idempotency_key_reused`; while the first one runs 409 ' +
    '`idempotency_in_progress`.',
  schema: {
    type: 'string' as const,
    minLength: 1,
    maxLength: 255,
    pattern: '^[!-~]+$',
  },
};
