import type { Schemas } from '../../api/client.js';
import { useMe } from '../../layout/profile-context.js';

type Instance = Pick<Schemas['InstanceView'], 'user' | 'archived_at'>;

/** Whether the signed-in user may change this instance: an owner with the role trader, or an administrator. */
export function useMayChange(instance: Instance): boolean {
  const me = useMe();
  return instance.archived_at === null && (me.isAdmin || (me.trades && instance.user.id === me.id));
}

/** Whether the signed-in user may stop it: its owner may, whatever the role. */
export function useMayStop(instance: Instance): boolean {
  const me = useMe();
  return instance.archived_at === null && (me.isAdmin || instance.user.id === me.id);
}
