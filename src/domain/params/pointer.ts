/** A JSON pointer (RFC 6901) below a prefix: `~` becomes `~0`, `/` becomes `~1`. */
export function pointerTo(prefix: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((pointer, key) => {
    const token = String(key).replaceAll('~', '~0').replaceAll('/', '~1');
    return `${pointer}/${token}`;
  }, prefix);
}
