import type { Schemas } from '../../api/client.js';

type Position = Pick<Schemas['PositionView'], 'leverage' | 'margin'>;

/** Whether a position has margin; who may not see that goes by its leverage. */
export function isPerpetual({ margin, leverage }: Position): boolean {
  return margin === undefined ? leverage !== '1' : margin !== '0';
}
