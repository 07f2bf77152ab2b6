import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { NotSignedIn } from '../platform/http/problems/app-errors.js';
import { ACCESS, PUBLIC, ROLES_EXTENSION } from '../platform/http/public-route.js';

export { Public } from '../platform/http/public-route.js';

/** user: sees active instances. trader: runs their own. admin: everything. */
export const ROLES = ['user', 'trader', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The user of a request as the database has them now, not as the token had them. */
export interface SignedInUser {
  readonly id: string;
  readonly email: string;
  readonly full_name: string | null;
  readonly role: Role;
}

/** The mark of a route. A route without one is refused. */
export type Access = typeof PUBLIC | readonly Role[];

/** Only these roles may call this route: 401 without a valid token, 403 with another role. */
export function Roles(...roles: [Role, ...Role[]]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(ACCESS, roles satisfies Access),
    ApiBearerAuth(),
    ApiExtension(ROLES_EXTENSION, roles),
    problem(401, 'Not signed in, or the token is no longer valid.'),
    problem(
      403,
      `${roles.length < ROLES.length ? `Requires one of these roles: ${roles.join(', ')}. ` : ''}${INITIAL}`,
    ),
  );
}

export const INITIAL_PASSWORD = 'conclave:initial-password';

/** A route that a user calls whose password must be changed first; all others answer 403 `password_change_required`. */
export function WithInitialPassword(): MethodDecorator {
  return SetMetadata(INITIAL_PASSWORD, true);
}

export function SignedIn(): MethodDecorator & ClassDecorator {
  return Roles(...ROLES);
}

/** The signed-in user of the request: `@CurrentUser() user: SignedInUser`. On a public route: 401. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): SignedInUser => {
  const user = context.switchToHttp().getRequest<{ user?: SignedInUser }>().user;
  if (!user) throw notSignedIn();
  return user;
});

/** One answer to a missing, malformed, expired or revoked token: it does not say which. */
export function notSignedIn(): NotSignedIn {
  return new NotSignedIn('not_signed_in', 'Sign in and send the access token as a bearer token.');
}

const INITIAL = 'The password must be changed first (`password_change_required`).';

function problem(status: number, description: string): MethodDecorator & ClassDecorator {
  const schema = { $ref: getSchemaPath('ProblemView') };
  return ApiResponse({ status, description, content: { 'application/problem+json': { schema } } });
}
