import { types } from 'node:util';

/** SQLSTATE classes of server failures: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const CLASSES_OF_OUTAGE: ReadonlySet<string> = new Set([
  '08', // connection exception
  '53', // insufficient resources: disk full, out of memory, too many connections
  '58', // system error: the server could not read or write a file
]);
const STATES_OF_OUTAGE: ReadonlySet<string> = new Set([
  '25P03', // idle_in_transaction_session_timeout: this process was stopped for a while
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
]);
const SOCKET_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
/**
 * pg reports these by message only. The last two are TypeORM's, for a connection that was lost between two statements.
 */
const CONNECTION_LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|Driver not Connected|Query ?runner already released)/i;

/** The error of the driver, which TypeORM wraps. Null for a thrown value that is not an Error. */
export function databaseErrorOf(thrown: unknown): (Error & { readonly code?: unknown }) | null {
  // Not instanceof: an error of Node's own modules may come from another realm.
  if (!types.isNativeError(thrown)) return null;
  const inner = (thrown as { driverError?: unknown }).driverError;
  return types.isNativeError(inner) ? inner : thrown;
}

/**
 * Whether an operation failed because the database is unreachable or failing, not because of the operation: it will
 * succeed once the database is back.
 */
export function isConnectionError(thrown: unknown): boolean {
  const error = databaseErrorOf(thrown);
  if (!error) return false;
  const { code } = error;
  if (typeof code === 'string') {
    if (STATES_OF_OUTAGE.has(code) || (code.length === 5 && CLASSES_OF_OUTAGE.has(code.slice(0, 2)))) return true;
    if (SOCKET_CODES.has(code) && isOfSocket(error)) return true;
  }
  return CONNECTION_LOST.test(error.message);
}

/** Excludes ENOENT of a file. Node collects one error for each address of a host in `errors`. */
function isOfSocket(error: Error): boolean {
  const { syscall, errors } = error as { syscall?: unknown; errors?: unknown };
  return Array.isArray(errors) || ['connect', 'read', 'write', 'getaddrinfo'].includes(String(syscall));
}
