import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../load/latency.js';

export interface Account {
  readonly email: string;
  readonly password: string;
}

/** Registers throw-away users through the interface. */
export async function registerAccounts(url: string, count: number, password: string): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let index = 0; index < count; index++) {
    const account = { email: `login-${index}@conclave.local`, password };
    const status = await post(`${url}/api/v1/auth/register`, account);
    if (status !== 201) throw new Error(`register: ${status}`);
    accounts.push(account);
  }
  return accounts;
}

/** Signs in so often, evenly over the time, whether or not the sign-ins before have been answered. */
export async function signInSteadily(
  url: string,
  accounts: readonly Account[],
  load: { readonly logins: number; readonly seconds: number; readonly signal: AbortSignal },
): Promise<Outcome[]> {
  const started = performance.now();
  const pending: Promise<Outcome>[] = [];
  for (let index = 0; index < load.logins && !load.signal.aborted; index++) {
    const due = started + (index * load.seconds * 1000) / load.logins;
    const early = due - performance.now();
    if (early > 0) await sleep(Math.ceil(early));
    pending.push(signInOnce(url, accounts[index % accounts.length] as Account, due));
  }
  return Promise.all(pending);
}

async function signInOnce(url: string, account: Account, due: number): Promise<Outcome> {
  const status = await post(`${url}/api/v1/auth/login`, account).catch((error: Error) => error.message);
  return { variant: 'login', milliseconds: performance.now() - due, status };
}

async function post(url: string, body: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  await answer.arrayBuffer();
  return answer.status;
}
