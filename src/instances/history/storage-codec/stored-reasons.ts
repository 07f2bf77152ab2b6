import type { Reason } from '../../../domain/decision/decision.js';
import { REASON_SHAPES } from './reason-shapes.js';

/** A reason as `[place in REASON_SHAPES, ...values]`, or as it is. */
export type StoredReason = readonly unknown[] | Reason;

/** Stands for the decision's own conviction. No detail of a reason is an array, so it can be nothing else. */
const SAME_CONVICTION: readonly never[] = [];

/** A code's newest shape is the one that is written. */
const PLACES = new Map(REASON_SHAPES.map(([code], place) => [code, place]));

/**
 * Reasons in the form in which an execution stores them: without the names that all reasons of a code have, and without
 * repeating the conviction. As JSON a quarter to a half of the bytes, in less time. {@link decodeReasons} brings them back.
 *
 * @param conviction the decision's, as it is stored beside the reasons.
 */
export function encodeReasons(reasons: readonly Reason[], conviction: number | null): StoredReason[] {
  return reasons.map((reason) => {
    const place = PLACES.get(reason.code);
    return place === undefined ? reason : (shortReason(reason, place, conviction) ?? reason);
  });
}

/**
 * The reasons of which {@link encodeReasons} made these, and reasons that were stored in full.
 * @param conviction the same as then.
 * @throws RangeError for a place that is not in the list: a newer version of the program wrote it.
 */
export function decodeReasons(stored: readonly StoredReason[], conviction: number | null): Reason[] {
  return stored.map((reason) => (isShort(reason) ? longReason(reason, conviction) : reason));
}

/** @returns null for a reason that has other details than its shape, or in another order. */
function shortReason(reason: Reason, place: number, conviction: number | null): unknown[] | null {
  const shape = REASON_SHAPES[place]!;
  const short: unknown[] = [place];
  let at = 0;
  for (const name in reason) {
    if (at > 0) {
      if (name !== shape[at]) return null;
      const value = reason[name];
      if (value === undefined) return null;
      short.push(name === 'conviction' && value === conviction ? SAME_CONVICTION : value);
    } else if (name !== 'code') return null;
    at += 1;
  }
  return at === shape.length ? short : null;
}

function longReason([place, ...values]: readonly unknown[], conviction: number | null): Reason {
  const shape = REASON_SHAPES[place as number];
  if (shape?.length !== values.length + 1) {
    throw new RangeError(
      `No reason has the form ${String(place)} with ${values.length} values: a newer version wrote it.`,
    );
  }
  const [code, ...names] = shape;
  const details = names.map((name, index) => [name, Array.isArray(values[index]) ? conviction : values[index]]);
  return { code, ...(Object.fromEntries(details) as Omit<Reason, 'code'>) };
}

function isShort(reason: StoredReason): reason is readonly unknown[] {
  return Array.isArray(reason);
}
