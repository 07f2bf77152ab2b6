/** A shorter one, such as the `none` of a server that wants no key, stands in many texts by chance. */
const SHORTEST = 8;

/** Whether a secret stands in a text: plain, backwards, escaped for JSON, URLs or HTML, in hex or in base64, in any case of letters. */
export function holdsSecret(text: string, secret: string): boolean {
  if (secret.length < SHORTEST) return false;
  const lower = text.toLowerCase();
  return formsOf(secret).some((form) => lower.includes(form.toLowerCase()));
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

/** The base64 of the bytes when `offset` others stand before them, without the characters that their neighbours decide. */
function base64Inside(bytes: Buffer, offset: number): string {
  const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
  const whole = shifted.subarray(0, shifted.length - (shifted.length % 3)).toString('base64');
  return whole.slice(offset === 0 ? 0 : 4);
}
