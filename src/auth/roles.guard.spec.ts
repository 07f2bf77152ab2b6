import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Public, Roles, SignedIn, type Role } from './access.js';
import { RolesGuard } from './roles.guard.js';

class Routes {
  unmarked(): void {}
  @Public() open(): void {}
  @SignedIn() everyone(): void {}
  @Roles('trader', 'admin') some(): void {}
}

/** The guard's answer to a request of that role; null: a request without a user. */
function ask(route: keyof Routes, role: Role | null): boolean {
  const request = role === null ? {} : { user: { id: '1', email: 'a@b.example', full_name: null, role } };
  const context = {
    getHandler: () => Routes.prototype[route],
    getClass: () => Routes,
    switchToHttp: () => ({ getRequest: () => request }),
  };
  return new RolesGuard(new Reflector()).canActivate(context as unknown as ExecutionContext);
}

describe('RolesGuard', () => {
  it('refuses a route without a mark to everybody, even to an admin', () => {
    expect(() => ask('unmarked', 'admin')).toThrow('Allowed: nobody.');
  });

  it('admits everybody to a public route, and signed-in users to one for all roles', () => {
    expect(ask('open', null)).toBe(true);
    for (const role of ['user', 'trader', 'admin'] as const) expect(ask('everyone', role)).toBe(true);
  });

  it('refuses the roles that a route does not name, and a request without a user', () => {
    expect(ask('some', 'trader')).toBe(true);
    expect(() => ask('some', 'user')).toThrow('Allowed: trader, admin.');
    expect(() => ask('everyone', null)).toThrow('Your role does not allow this.');
  });
});
