/** A shorter secret, such as the `none` of a server without keys, occurs in many texts by chance. */
const SHORTEST = 8;
/** Layers of nested escapes that are undone. */
const MOST_LAYERS = 8;

/**
 * Whether a text contains an ASCII secret: plain, reversed, escaped for JSON, URLs or HTML in whole or in part, in hex
 * or in base64. Ignores the case of letters, and blanks, line breaks and invisible characters in between.
 */
export function holdsSecret(text: string, secret: string): boolean {
  if (secret.length < SHORTEST) return false;
  const forms = formsOf(secret).map(bare);
  return readingsOf(text).some((reading) => forms.some((form) => reading.includes(form)));
}

/** The text as it is, and with its escapes undone layer by layer. */
function readingsOf(text: string): string[] {
  const readings = [bare(text)];
  let present = text;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const next = unescaped(present);
    if (next === present) break;
    readings.push(bare(next));
    present = next;
  }
  return readings;
}

const ESCAPES =
  /\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|%([0-9a-f]{2})|&#x([0-9a-f]{1,6});?|&#(\d{1,7});?|&(amp|lt|gt|quot|apos);|\\(["'\\/])/giu;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Undoes escapes of ASCII characters only: a key holds no others. */
function unescaped(text: string): string {
  return text.replaceAll(ESCAPES, (escape, ...groups: (string | undefined)[]) => {
    const [json, braced, byte, percent, hex, decimal, name, itself] = groups;
    if (itself !== undefined) return itself;
    if (name !== undefined) return NAMED[name.toLowerCase()]!;
    const digits = json ?? braced ?? byte ?? percent ?? hex;
    const code = digits === undefined ? Number(decimal) : parseInt(digits, 16);
    return code < 128 ? String.fromCharCode(code) : escape;
  });
}

/** In lower case, without blanks, control characters and invisible ones. */
function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, '');
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const escaped = JSON.stringify(secret).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => base64Inside(bytes, offset));
  return [
    secret,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    new URLSearchParams({ a: secret }).toString().slice(2),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
    bytes.toString('hex'),
    [...bytes].join(','),
    [...secret].reverse().join(''),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** The base64 of the bytes behind `offset` others, without the characters that depend on their neighbours. */
function base64Inside(bytes: Buffer, offset: number): string {
  const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
  const whole = shifted.subarray(0, shifted.length - (shifted.length % 3)).toString('base64');
  return whole.slice(offset === 0 ? 0 : 4);
}
