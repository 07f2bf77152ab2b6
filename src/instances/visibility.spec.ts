import { describe, expect, it } from '@jest/globals';
import { knowsRunsOf, mayChange, seesOnlyActive, visibilityFor } from './visibility.js';

const OWNER = '00000000-0000-7000-8000-00000000000a';
const OTHER = '00000000-0000-7000-8000-00000000000b';
const active = { user_id: OWNER, is_active: true };
const stopped = { user_id: OWNER, is_active: false };

describe('what a user sees', () => {
  const user = { id: OTHER, role: 'user' } as const;

  it('is the public side of active instances, and nothing of the others', () => {
    expect(visibilityFor(user, active)).toBe('public');
    expect(visibilityFor(user, stopped)).toBe('none');
    expect(seesOnlyActive(user)).toBe(true);
  });

  it('is when a definition runs, as long as an instance of it shows that', () => {
    expect(knowsRunsOf(user, { has_active_instances: true })).toBe(true);
    expect(knowsRunsOf(user, { has_active_instances: false })).toBe(false);
    expect(knowsRunsOf({ ...user, role: 'trader' }, { has_active_instances: false })).toBe(true);
  });

  it('is everything of an instance of their own, from when they were a trader', () => {
    expect(visibilityFor({ ...user, id: OWNER }, stopped)).toBe('full');
  });
});

describe('what a trader sees', () => {
  const trader = { id: OTHER, role: 'trader' } as const;

  it('is every instance with its params, but changes only their own', () => {
    expect([visibilityFor(trader, active), visibilityFor(trader, stopped)]).toEqual(['params', 'params']);
    expect(mayChange(trader, active)).toBe(false);
    expect(seesOnlyActive(trader)).toBe(false);
  });

  it('is everything of their own', () => {
    expect(visibilityFor({ ...trader, id: OWNER }, stopped)).toBe('full');
    expect(mayChange({ ...trader, id: OWNER }, active)).toBe(true);
  });
});

describe('what an admin sees', () => {
  const admin = { id: OTHER, role: 'admin' } as const;

  it('is everything of all, and may change it', () => {
    expect([visibilityFor(admin, active), visibilityFor(admin, stopped)]).toEqual(['full', 'full']);
    expect(mayChange(admin, stopped)).toBe(true);
    expect(seesOnlyActive(admin)).toBe(false);
  });
});
