/** Characters (code points) that an instance name may have, as varchar(200) counts them. */
const MAX_INSTANCE_NAME = 200;

/** Room that is always left for the start of the display name. */
const SHORTEST_DISPLAY_NAME = 20;

const CUT = '…';

/**
 * `{display name} - {who} - #{number}`; who is the full name, or without one the part of the email before
 * the @. A name beyond 200 characters is cut in the display name, then in who, never in the number.
 * Pure; names need not be unique.
 */
export function defaultInstanceName(of: {
  readonly definitionDisplayName: string;
  readonly fullName: string | null;
  readonly email: string;
  readonly number: number;
}): string {
  const who = of.fullName?.trim() || of.email.slice(0, of.email.lastIndexOf('@'));
  const number = ` - #${of.number}`;
  const separator = ' - ';
  const room = MAX_INSTANCE_NAME - number.length - separator.length;
  const shortWho = cutTo(who, room - Math.min(lengthOf(of.definitionDisplayName), SHORTEST_DISPLAY_NAME));
  return cutTo(of.definitionDisplayName, room - lengthOf(shortWho)) + separator + shortWho + number;
}

/**
 * What others see in place of a default name that was made from an email: `{display name} - #{number}`; null where
 * there is a full name, which may be seen.
 */
export function publicInstanceName(of: {
  readonly definitionDisplayName: string;
  readonly fullName: string | null;
  readonly number: number;
}): string | null {
  if (of.fullName?.trim()) return null;
  const number = ` - #${of.number}`;
  return cutTo(of.definitionDisplayName, MAX_INSTANCE_NAME - number.length) + number;
}

/** Cuts between code points: half a surrogate pair cannot be stored. */
function cutTo(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  return `${characters
    .slice(0, length - 1)
    .join('')
    .trimEnd()}${CUT}`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
