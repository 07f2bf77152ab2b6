/**
 * The program cannot start, and the operator can fix it. The message is one line with the problem and the remedy;
 * commands print it without a stack.
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
