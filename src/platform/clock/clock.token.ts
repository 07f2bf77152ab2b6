/** Injection token of the {@link import('../../domain/clock.js').Clock}. */
export const CLOCK = Symbol('CLOCK');
