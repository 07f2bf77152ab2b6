import { PreconditionFailed, PreconditionRequired } from './problems/app-errors.js';

interface WithSetHeader {
  setHeader(name: string, value: string): unknown;
}

interface WithHeaders {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Sends the version of the answered resource: `ETag: "v3"`. */
export function setETag(res: WithSetHeader, version: number): void {
  res.setHeader('ETag', `"v${version}"`);
}

/**
 * Refuses a change that was made against another version than the present one.
 *
 * `If-Match` may hold several tags or `*`. A weak tag (`W/"v3"`) counts like a strong one, because a version covers the
 * whole resource. Without the header the change passes, unless `requiredWhenStrict` and the request says `Prefer:
 * strict`.
 *
 * The check alone does not stop a race: the caller locks the row before it reads the version.
 *
 * @throws PreconditionFailed (412) when no tag names the present version.
 * @throws PreconditionRequired (428) when the header is missing and strictness was asked for.
 */
export function checkIfMatch(req: WithHeaders, version: number, options: { requiredWhenStrict: boolean }): void {
  const given = headerText(req.headers['if-match']);
  if (given === null) {
    if (options.requiredWhenStrict && prefersStrict(req)) throw new PreconditionRequired();
    return;
  }
  const tags = new Set(given.split(',').map((tag) => tag.trim().replace(/^W\//, '')));
  if (!tags.has('*') && !tags.has(`"v${version}"`)) throw new PreconditionFailed(version);
}

function prefersStrict(req: WithHeaders): boolean {
  const preferences = headerText(req.headers['prefer']) ?? '';
  return preferences.split(',').some((preference) => preference.trim().toLowerCase() === 'strict');
}

function headerText(value: string | string[] | undefined): string | null {
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(',') : value;
}
