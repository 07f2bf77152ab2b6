import { ValidationPipe, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { PARAMETER_WORDS } from '../../../domain/params/validate-params.js';
import { type Violation, violationOf } from '../../../domain/violation.js';
import { InvalidContent, MalformedRequest, NotFound } from '../problems/app-errors.js';
import { ruleViolations } from './rule-violations.js';
import { escapePointer, findUnsafeContent } from './unsafe-content.js';

const DEFERRED = 'conclave:checked-further';
const found = new WeakMap<object, readonly Violation[]>();

/**
 * Marks a body whose service has rules of its own, for example about the database. The pipe does not refuse such a
 * body: it removes wrong and unknown fields. The service adds {@link pendingViolations} to what its own rules find in
 * the rest, and throws {@link invalidBody} once, so that one answer names everything. A required field can be missing
 * in such a body.
 */
export function DeferValidation(): ClassDecorator {
  return (target) => Reflect.defineMetadata(DEFERRED, true, target);
}

/** Violations that the pipe found in a {@link DeferValidation} body; empty for any other object. */
export function pendingViolations(body: object): readonly Violation[] {
  return found.get(body) ?? [];
}

/**
 * The global pipe. A body that breaks its DTO is 422 `validation_failed`, a query 400 `bad_query`, a path parameter
 * 404. All violations are listed at once, each with its JSON pointer. Fields that the DTO does not have are violations
 * too (`unknown_field`), never dropped.
 */
export class RequestValidationPipe implements PipeTransform<unknown, Promise<unknown>> {
  private readonly query = pipeThatThrows(badQuery);
  private readonly param = pipeThatThrows(() => new NotFound('resource'));

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    switch (metadata.type) {
      case 'body':
        return checkBody(value === undefined ? {} : value, metadata.metatype);
      case 'query': {
        const unsafe = findUnsafeContent(value);
        if (unsafe.length > 0) throw badQuery(unsafe);
        return this.query.transform(value, metadata);
      }
      case 'param':
        return this.param.transform(value, metadata);
      case 'custom':
        return value;
    }
  }
}

/** The error of a body that breaks its DTO or, thrown by a service, rules that a DTO cannot express. */
export function invalidBody(violations: readonly Violation[]): InvalidContent {
  const fields = new Set(violations.map(({ pointer }) => pointer)).size;
  const subject = fields === 1 ? 'One field is' : `${fields} fields are`;
  return new InvalidContent('validation_failed', `${subject} not valid. See errors.`, violations);
}

async function checkBody(given: unknown, metatype: Type | undefined): Promise<unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidBody([violationOf('', 'wrong_type', 'be a JSON object')]);
  }
  const unsafe = findUnsafeContent(given);
  if (metatype === undefined || metatype === Object) {
    if (unsafe.length > 0) throw invalidBody(unsafe);
    return given;
  }
  const body = plainToInstance(metatype, without(given, fieldsOf(unsafe)), { exposeDefaultValues: true }) as object;
  const errors = await validate(body, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
  const violations = [...unsafe, ...ruleViolations(errors).filter(isNotAbout(fieldsOf(unsafe)))];
  if (violations.length === 0) return body;
  if (Reflect.getMetadata(DEFERRED, metatype) !== true) throw invalidBody(violations);
  for (const { property } of errors) Reflect.deleteProperty(body, property);
  found.set(body, violations);
  return body;
}

/** Top-level fields that hold the violations, escaped as in pointers. */
function fieldsOf(violations: readonly Violation[]): ReadonlySet<string> {
  return new Set(violations.map(({ pointer }) => pointer.split('/')[1] ?? ''));
}

function without(document: object, fields: ReadonlySet<string>): object {
  if (fields.size === 0) return document;
  return Object.fromEntries(Object.entries(document).filter(([key]) => !fields.has(escapePointer(key))));
}

/** Excludes fields that were removed as unsafe: they are not missing. */
function isNotAbout(fields: ReadonlySet<string>) {
  return ({ pointer }: Violation): boolean => !fields.has(pointer.slice(1));
}

function badQuery(violations: readonly Violation[]): MalformedRequest {
  return new MalformedRequest('bad_query', 'The query is not valid. See errors.', violations);
}

function pipeThatThrows(toError: (violations: readonly Violation[]) => Error): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    transformOptions: { exposeDefaultValues: true },
    // The texts of the violations come from the rules of the class, which is found by the target.
    validationError: { target: true },
    exceptionFactory: (errors: ValidationError[]) => toError(ruleViolations(errors, PARAMETER_WORDS)),
  });
}
