import { ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { Violation } from '../../domain/violation.js';
import { InvalidContent, MalformedRequest, NotFound } from './app-errors.js';
import { escapePointer, findUnsafeContent } from './unsafe-content.js';

/**
 * The global pipe. A body that breaks its DTO is 422 `validation_failed`, a query 400 `bad_query`, a path
 * parameter 404; every violation is listed at once, with its JSON pointer. Fields that the DTO does not
 * have are violations too (`unknown_field`), never dropped.
 */
export class RequestValidationPipe implements PipeTransform<unknown, Promise<unknown>> {
  private readonly body = pipeThatThrows(invalidBody);
  private readonly query = pipeThatThrows(badQuery);
  private readonly param = pipeThatThrows(() => new NotFound('resource'));

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    switch (metadata.type) {
      case 'body': {
        refuse(findUnsafeContent(value), invalidBody);
        if (Array.isArray(value) && metadata.metatype !== Array) {
          throw invalidBody([{ pointer: '', code: 'is_object', message: 'The body must be a JSON object.' }]);
        }
        return this.body.transform(value, metadata);
      }
      case 'query':
        refuse(findUnsafeContent(value), badQuery);
        return this.query.transform(value, metadata);
      case 'param':
        return this.param.transform(value, metadata);
      case 'custom':
        return value;
    }
  }
}

/** The error of a body that breaks its DTO or, thrown by a service, rules that the DTO cannot express. */
export function invalidBody(violations: readonly Violation[]): InvalidContent {
  const fields = violations.length === 1 ? 'One field is' : `${violations.length} fields are`;
  return new InvalidContent('validation_failed', `${fields} not right; errors names each.`, violations);
}

function badQuery(violations: readonly Violation[]): MalformedRequest {
  return new MalformedRequest('bad_query', 'The query is not right; errors names each parameter.', violations);
}

function refuse(violations: readonly Violation[], toError: (violations: readonly Violation[]) => Error): void {
  if (violations.length > 0) throw toError(violations);
}

function pipeThatThrows(toError: (violations: readonly Violation[]) => Error): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    transformOptions: { exposeDefaultValues: true },
    validationError: { target: false },
    exceptionFactory: (errors: ValidationError[]) => toError(toViolations(errors)),
  });
}

/** class-validator's tree of errors as a flat list. */
function toViolations(errors: readonly ValidationError[], parent = ''): Violation[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${escapePointer(error.property)}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => toViolation(pointer, rule, message));
    // A missing field breaks all its rules at once; saying so once is what helps.
    const missing = error.value === undefined && own.length > 1 && own.every((one) => one.code !== 'unknown_field');
    const first = own[0];
    const shown = missing && first ? [{ pointer, code: 'required', message: 'This field is required.' }] : own;
    return [...shown, ...toViolations(error.children ?? [], pointer)];
  });
}

function toViolation(pointer: string, rule: string, message: string): Violation {
  if (rule === 'whitelistValidation') return { pointer, code: 'unknown_field', message: 'This field is not known.' };
  const code = rule.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { pointer, code, message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
}
