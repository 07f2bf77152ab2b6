import type { Schemas } from '../../api/client.js';
import { useStrategies } from '../../api/queries.js';
import { useMe } from '../../layout/profile-context.js';

/**
 * How the server will name an instance that is given no name: those that were made before count, also the stopped. Null
 * until it is known how many there are.
 */
export function useDefaultName({
  id,
  display_name,
}: Pick<Schemas['DefinitionView'], 'id' | 'display_name'>): string | null {
  const { full_name, email } = useMe();
  const own = { mine: true, definition_id: id, limit: 1 };
  const kept = useStrategies(own).data?.total;
  const archived = useStrategies({ ...own, status: 'archived' }).data?.total;
  if (kept === undefined || archived === undefined) return null;
  return `${display_name} - ${full_name?.trim() || email.slice(0, email.lastIndexOf('@'))} - #${kept + archived + 1}`;
}
