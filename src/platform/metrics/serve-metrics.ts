import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const METRICS_PATH = '/metrics';

/** Whether a request may read the metrics. Without a token anyone may; a given one is compared in constant time. */
export function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
  if (token === null) return true;
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Of one length whatever was given. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
