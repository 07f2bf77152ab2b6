/**
 * Something inside one instance's part of a run is broken: its decision agent, its params, its books.
 * The run catches it, writes one `failed` row with {@link code} and goes on with the other instances.
 */
export abstract class DomainFault extends Error {
  constructor(
    /** Stable snake_case code; stored with the failed row. */
    readonly code: string,
    message: string,
    /** What a library or foreign code threw goes into `cause`, for the log; the message is stored and shown. */
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
