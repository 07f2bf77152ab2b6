import type { ViolationCode } from './violation-codes.js';

/** One thing that is wrong with an input. All violations of an input are reported together. */
export interface Violation {
  /** JSON pointer (RFC 6901) to the offending value, `''` for the document itself. */
  readonly pointer: string;
  readonly code: ViolationCode;
  /** One sentence that says what would be right. */
  readonly message: string;
}
