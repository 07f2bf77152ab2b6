import type { Schemas } from '../../api/client.js';
import { useStrategies } from '../../api/queries.js';
import { useMe } from '../../layout/profile-context.js';

/**
 * The default name that the server will assign; the number counts stopped strategies too. Null while loading.
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
