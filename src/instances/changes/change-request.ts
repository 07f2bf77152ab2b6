import type { SignedInUser } from '../../auth/access.js';
import type { RequestOrigin } from '../../auth/audit-log/requested-by.js';

/** Who wants to change which instance, and against which version. */
export interface ChangeRequest {
  readonly id: string;
  readonly viewer: SignedInUser;
  readonly by: RequestOrigin;
  /** Throws when the present version is not the one that the caller has read. */
  readonly precondition: (version: number) => void;
}
