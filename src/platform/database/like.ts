/** The pattern of LIKE and ILIKE for text that holds `part` somewhere: its %, _ and \\ stand for themselves. */
export function containing(part: string): string {
  return `%${part.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
