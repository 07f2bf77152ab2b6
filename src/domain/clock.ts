/**
 * Where the time comes from. Nothing that decides, records or schedules calls `Date.now()`: the server
 * follows the database's clock, a replay a virtual one, a test a fake one.
 */
export interface Clock {
  /** The present time, UTC. Never goes backwards within a process. */
  now(): Date;
}
