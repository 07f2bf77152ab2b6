/** Maximum length of an instance name in code points, as varchar(200) counts. */
const MAX_INSTANCE_NAME = 200;

/** Minimum part of the display name that survives a cut. */
const SHORTEST_DISPLAY_NAME = 20;

const CUT = '…';

/**
 * `{display name} - {who} - #{number}`. `who` is the full name, or the part of the email before the @. A name beyond
 * 200 characters is cut in the display name, then in `who`, never in the number. Pure; names need not be unique.
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
 * The name that others see instead of a default name made from an email: `{display name} - #{number}`. Null when a full
 * name exists, which others may see.
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
