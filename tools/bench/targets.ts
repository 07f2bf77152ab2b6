import { StartError } from '../../src/platform/config/start-error.js';
import type { History, Targets } from './lists.js';

const API = '/api/v1';
const PAGE = 200;
/** Instances whose histories are paged into. */
const PAGED = 50;

interface Listed {
  readonly items: readonly { readonly id: string; readonly user: { readonly id: string } }[];
  readonly total: number;
}

/** A bearer token. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${url}${API}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const body = await bodyOf<{ access_token: string }>(answer);
  return body.access_token;
}

/** Looks up through the interface what the lists will be asked about. @throws StartError when there is nothing. */
export async function findTargets(url: string, token: string, instances: number): Promise<Targets> {
  const read = async <T>(path: string): Promise<T> =>
    bodyOf(await fetch(`${url}${API}${path}`, { headers: { authorization: `Bearer ${token}` } }));
  const ids: string[] = [];
  let userId = '';
  for (let offset = 0; offset < instances; offset += PAGE) {
    const page = await read<Listed>(`/strategies?limit=${PAGE}&offset=${offset}`);
    ids.push(...page.items.map(({ id }) => id));
    userId = page.items[0]?.user.id ?? userId;
    if (ids.length >= page.total) break;
  }
  const cursorsOf = async (kind: History): Promise<{ instance: string; cursor: string }[]> => {
    const cursors: { instance: string; cursor: string }[] = [];
    for (const instance of spread(ids, PAGED)) {
      const page = await read<{ next_cursor: string | null }>(`/strategies/${instance}/${kind}?limit=1`);
      if (page.next_cursor !== null) cursors.push({ instance, cursor: page.next_cursor });
    }
    if (cursors.length === 0) throw new StartError(`No instance has two ${kind}: give the bench more of them.`, 2);
    return cursors;
  };
  const cursors = { executions: await cursorsOf('executions'), trades: await cursorsOf('trades') };
  return { instances: ids, cursors, userId };
}

/** At most `count` elements, evenly spread. */
function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, index) => index % step === 0).slice(0, count);
}

async function bodyOf<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new StartError(`${answer.url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
