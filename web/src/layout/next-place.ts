/**
 * Where a visitor goes after the sign-in: the address in `next` as a path of this origin, or `/`. Compares as the browser
 * parses, which drops tabs and line breaks and takes a backslash for a slash.
 */
export function nextPlace(wanted: string | null, origin: string): string {
  const url = URL.parse(wanted ?? '/', origin);
  if (url?.origin !== origin) return '/';
  const place = `${url.pathname}${url.search}${url.hash}`;
  // `/.//host` becomes `//host`, which is another host for the next reader.
  return URL.parse(place, origin)?.origin === origin ? place : '/';
}
