import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conflict, InvalidContent } from '../http/problems/app-errors.js';
import type { EarlierRequest, IdempotencyStore, KeyedRequest } from './idempotency.store.js';

/** Limits how often a request has its effect. Passed to the service that creates something. */
export interface IdempotencyScope {
  /**
   * Call it in the transaction that creates something, around all that creates it.
   * @param work creates it and returns its id.
   * @returns the id of the resource, created now or by an earlier request with the same Idempotency-Key.
   * @throws Conflict (409 `idempotency_in_progress`) while another request with the key is in its transaction.
   */
  make(manager: EntityManager, work: () => Promise<string>): Promise<string>;
}

/** A request without a key: each call creates something new. */
export const NO_KEY: IdempotencyScope = { make: (_manager, work) => work() };

/**
 * A request with a key. One transaction writes the row of the key and the resource: a crash leaves both or neither, and
 * no process can leave a stale reservation. A lock of the transaction separates two requests at once.
 */
export class KeyedScope implements IdempotencyScope {
  repeated = false;

  constructor(
    private readonly store: IdempotencyStore,
    private readonly request: KeyedRequest,
  ) {}

  async make(manager: EntityManager, work: () => Promise<string>): Promise<string> {
    if (!(await this.store.tryLock(this.request, manager))) {
      throw new Conflict(
        'idempotency_in_progress',
        'A request with this Idempotency-Key is still running. Try again in a moment.',
      );
    }
    // After the lock, in a separate statement, so that it sees what the previous holder committed.
    const earlier = await this.store.find(this.request, manager);
    if (earlier) {
      checkSameRequest(this.request, earlier);
      this.repeated = true;
      return earlier.resourceId;
    }
    const id = await work();
    await this.store.insert(this.request, id, manager);
    return id;
  }
}

/** @throws InvalidContent (422 `idempotency_key_reused`) when an earlier request with the key was a different one. */
export function checkSameRequest(request: KeyedRequest, earlier: EarlierRequest): void {
  if (request.requestHash === earlier.requestHash) return;
  throw new InvalidContent(
    'idempotency_key_reused',
    'This Idempotency-Key was used for a different request within the last 24 hours. Use a new key.',
  );
}

/** `@Idempotency() once: IdempotencyScope` in a handler that is marked `@Idempotent()`. */
export const Idempotency = createParamDecorator(
  (_data: unknown, context: ExecutionContext): IdempotencyScope =>
    context.switchToHttp().getRequest<{ idempotencyScope?: IdempotencyScope }>().idempotencyScope ?? NO_KEY,
);
