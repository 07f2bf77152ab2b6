import type { Schemas } from '../../api/client.js';

/** Whether a position has margin that this user may see. */
export function isPerpetual({ margin }: Pick<Schemas['PositionView'], 'margin'>): boolean {
  return margin !== undefined && margin !== '0';
}
