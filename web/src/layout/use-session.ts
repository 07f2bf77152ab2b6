import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { freshToken, isSignedIn, maySignIn, onSessionChange } from '../api/session.js';

/** Whether a user is signed in; after a reload the session is restored from the cookie first. */
export function useSession() {
  const signedIn = useSyncExternalStore(onSessionChange, isSignedIn);
  const restore = useQuery({
    queryKey: ['session'],
    queryFn: async () => (await freshToken()) !== null,
    enabled: !signedIn && maySignIn(),
    refetchInterval: false,
    gcTime: 0,
  });
  return { signedIn, restoring: restore.isLoading, error: signedIn ? null : restore.error, retry: restore.refetch };
}
