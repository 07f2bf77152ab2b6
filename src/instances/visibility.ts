import type { SignedInUser } from '../auth/access.js';

/**
 * How much of an instance somebody sees, from nothing to everything:
 * - `none`: it does not exist for them (404);
 * - `public`: what it does and how it fares, without its params and without the numbers that they could be computed
 *   from: no quantities, amounts, balances and leverage of orders, fills and positions, no levels of stops and targets, and
 *   prices at which those were met to two figures; conviction as a whole number, values and returns to 0.01 % of the
 *   deposit. What can still be estimated: a threshold, to about a point, from the whole
 *   convictions at which signals came; the weights, roughly, from many convictions beside the scores of the agents; the
 *   size of a position, roughly, from how far the value moves with the price;
 * - `params`: also its params and the full reasons of its decisions;
 * - `full`: also its ledger and who changed its params, and the default name where that holds a part of the owner's
 *   email; only those may change it, if their role may.
 */
export type VisibilityLevel = 'none' | 'public' | 'params' | 'full';

/** What {@link visibilityFor} needs of an instance. */
export interface Visible {
  readonly user_id: string;
  readonly is_active: boolean;
}

type Viewer = Pick<SignedInUser, 'id' | 'role'>;

/** The one rule about who sees what of an instance. No part of an email is in what others than owner and admin see. */
export function visibilityFor(viewer: Viewer, instance: Visible): VisibilityLevel {
  if (viewer.role === 'admin' || viewer.id === instance.user_id) return 'full';
  if (viewer.role === 'trader') return 'params';
  return instance.is_active ? 'public' : 'none';
}

/** Whether lists leave out instances of others that are stopped: {@link visibilityFor} as a filter. */
export function seesOnlyActive(viewer: Viewer): boolean {
  return viewer.role === 'user';
}

/** Whether every instance is shown under its own name, not the public one: {@link visibilityFor} as a filter. */
export function seesAllNames(viewer: Viewer): boolean {
  return viewer.role === 'admin';
}

/**
 * Whether the viewer may know when a definition runs: a reader of runs may, and a viewer of one of its instances, which
 * shows when it was last executed.
 */
export function knowsRunsOf(viewer: Viewer, definition: { readonly has_active_instances: boolean }): boolean {
  return viewer.role !== 'user' || definition.has_active_instances;
}

/** Whether the viewer may change the instance. For everybody else it does not exist. */
export function mayChange(viewer: Viewer, instance: Visible): boolean {
  return visibilityFor(viewer, instance) === 'full';
}
