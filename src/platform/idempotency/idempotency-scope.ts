import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conflict, InvalidContent } from '../http/problems/app-errors.js';
import type { EarlierRequest, IdempotencyStore, KeyedRequest } from './idempotency.store.js';

/** How often a request may have its effect. Handed to the service that makes something. */
export interface IdempotencyScope {
  /**
   * To be called in the transaction that makes something, around all that makes it.
   * @param work makes it. @returns its id.
   * @returns the id of what was made, now or by an earlier request with the same Idempotency-Key.
   * @throws Conflict (409 `idempotency_in_progress`) while another request with the key is in its transaction.
   */
  make(manager: EntityManager, work: () => Promise<string>): Promise<string>;
}

/** A request without a key: each call makes something new. */
export const NO_KEY: IdempotencyScope = { make: (_manager, work) => work() };

/**
 * A request with a key. The row of the key and what was made are written by one transaction: a crash leaves both or
 * neither, and there is no reservation that a dead process could leave behind. What keeps two requests at once apart is
 * a lock that the database lets go with the transaction.
 */
export class KeyedScope implements IdempotencyScope {
  /** Whether an earlier request had made it. */
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
    // After the lock, by a statement of its own: it sees what the one before has committed.
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

/** @throws InvalidContent (422 `idempotency_key_reused`) when the key came with another request before. */
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
