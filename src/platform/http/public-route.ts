import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/**
 * Metadata that the global guard reads. It is defined here, below the guard, so that the probes of the platform can be
 * public although the platform knows no users and roles.
 */
export const ACCESS = 'conclave:access';

export const PUBLIC = 'public';

/** Extension of an operation that lists who may call it; its description is derived from it. */
export const ROLES_EXTENSION = 'x-roles';

export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(ACCESS, PUBLIC), ApiExtension(ROLES_EXTENSION, ['anyone']));
}
