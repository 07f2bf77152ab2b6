import { Client } from 'pg';

/** Counts the statements that this process sends to PostgreSQL while it is on. */
export interface StatementCounter {
  readonly statements: string[];
  stop(): void;
}

type Query = (this: never, ...args: unknown[]) => unknown;

/** Starts counting; `stop` puts the driver back. The queue's own statements are left out. */
export function countStatements(): StatementCounter {
  const prototype = Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  const statements: string[] = [];
  prototype.query = function (this: { connectionParameters: { application_name?: string } }, ...args: unknown[]) {
    const first = args[0] as string | { text?: string };
    // The queue has connections of its own, under no name of ours.
    if (this.connectionParameters.application_name === 'conclave') {
      statements.push(typeof first === 'string' ? first : (first.text ?? ''));
    }
    return original.apply(this as never, args);
  };
  return {
    statements,
    stop: () => {
      prototype.query = original;
    },
  };
}
