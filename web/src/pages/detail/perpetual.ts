import type { Schemas } from '../../api/client.js';

/** Whether a position has margin, as far as this user may see it: to others it is a line of the plain table, with its side. */
export function isPerpetual({ margin }: Pick<Schemas['PositionView'], 'margin'>): boolean {
  return margin !== undefined && margin !== '0';
}
