import type { Schemas } from '../../api/client.js';
import { useMe } from '../../layout/profile-context.js';

type Instance = Pick<Schemas['InstanceView'], 'user' | 'archived_at'>;

/** Whether the one who is signed in may change this instance: its owner who is a trader, or an admin. */
export function useMayChange(instance: Instance): boolean {
  const me = useMe();
  return instance.archived_at === null && (me.isAdmin || (me.trades && instance.user.id === me.id));
}
