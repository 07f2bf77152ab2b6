/**
 * The program cannot start, and the operator can do something about it: the message is one line that
 * says what and how. Commands print it alone, without a stack.
 */
export class StartError extends Error {
  constructor(
    message: string,
    /** 1: environment or server; 2: bad arguments or input files. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
    this.name = 'StartError';
  }
}
