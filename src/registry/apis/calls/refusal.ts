import type { GuardedAnswer } from '../guarded-fetch.js';
import type { ApiCall } from './api-call.js';
import { ApiFailure } from './api-failure.js';

/** Unavailable for legal reasons (RFC 7725): Binance's answer to places that it does not serve. */
const ELSEWHERE = 451;

/**
 * What an API means that refuses a question (4xx), and what to do about it. A 401 or 403 is one of the key only where a key
 * was sent: to a public question it is said by a firewall in between (Binance's answers 403), and so is a 403 with an
 * error page, whoever asks.
 */
export function refusalOf(call: ApiCall, answer: Pick<GuardedAnswer, 'status' | 'body'>): ApiFailure {
  const { apiName, keyIn } = call;
  const { status, body } = answer;
  const told = { status, body };
  const isForbidden = status === 401 || status === 403;
  if (status === ELSEWHERE || (isForbidden && !keyIn) || (status === 403 && isPage(body))) {
    return new ApiFailure(apiName, 'blocked', `${blockedText(status)} ${BLOCKED_ADVICE}`, told);
  }
  if (isForbidden || call.refusesKey?.(told) === true) {
    return new ApiFailure(
      apiName,
      'key_refused',
      `it refuses the key (${status}). Store one that it knows and that may ask this.`,
      told,
    );
  }
  return new ApiFailure(apiName, 'refused', `it refuses the request (${status}).`, told);
}

const BLOCKED_ADVICE = 'Ask from another network, or give it another of its addresses.';

function blockedText(status: number): string {
  return status === ELSEWHERE
    ? `it does not serve the place that this machine asks from (${status}).`
    : `a firewall there does not let this machine ask (${status}).`;
}

/** HTML or XML, where the APIs answer in JSON or in a line of text. */
function isPage(body: Buffer): boolean {
  return body.subarray(0, 100).toString('utf8').trimStart().startsWith('<');
}
