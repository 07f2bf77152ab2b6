/**
 * The pattern of LIKE for a column in lower case that holds `part` somewhere, however it is written: its %, _ and \\ stand
 * for themselves.
 */
export function likePattern(part: string): string {
  return `%${part.toLowerCase().replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
