import { createContext, useContext } from 'react';
import type { Schemas } from '../api/client.js';

type Profile = Schemas['UserView'];

export const ProfileContext = createContext<Profile | null>(null);

export interface Me extends Profile {
  /** Traders and administrators. */
  readonly trades: boolean;
  readonly isAdmin: boolean;
}

/** The signed-in user. */
export function useMe(): Me {
  const profile = useContext(ProfileContext);
  if (!profile) throw new Error('useMe() stands outside of the shell.');
  return { ...profile, trades: profile.role !== 'user', isAdmin: profile.role === 'admin' };
}
