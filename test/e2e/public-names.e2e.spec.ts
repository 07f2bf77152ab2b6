import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AddPublicNames1763950100000 } from '../../migrations/1763950100000-add-public-names.js';
import { StoreSearchedText1764003000000 } from '../../migrations/1764003000000-store-searched-text.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { as, createDefinition, createInstance, registerAgents, STRATEGIES, type Body } from '../support/strategies.js';

describe('the default name of an instance whose owner has no full name', () => {
  let t: TestApp;
  let owner: TestUser;
  let admin: TestUser;
  let others: TestUser[];
  let definition: number;
  let local: string;
  let id: string;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    owner = await t.signUp('trader');
    others = [await t.signUp('user'), await t.signUp('trader')];
    definition = await createDefinition(t, admin);
    await sql('UPDATE users SET full_name = NULL WHERE id = $1', owner.id);
    local = owner.email.split('@')[0]!;
    id = String((await createInstance(t, owner, definition))['id']);
  });

  afterAll(() => t.close());

  const sql = (statement: string, ...values: unknown[]) => t.database.dataSource.query(statement, values);
  const nameSeenBy = async (viewer: TestUser): Promise<unknown> =>
    ((await as(t.http.get(`${STRATEGIES}/${id}`), viewer)).body as Body)['instance_name'];
  const foundBy = async (viewer: TestUser, q: string): Promise<unknown[]> => {
    const page = await as(t.http.get(`${STRATEGIES}?definition_id=${definition}&q=${encodeURIComponent(q)}`), viewer);
    expect(page.status).toBe(200);
    return (page.body as { items: Body[] }).items.map((item) => item['instance_name']);
  };
  const rename = (name: string) => as(t.http.patch(`${STRATEGIES}/${id}`), owner).send({ instance_name: name });

  it('holds the part of the email before the @ for owner and admin alone', async () => {
    for (const viewer of [owner, admin]) expect(await nameSeenBy(viewer)).toBe(`Three analysts - ${local} - #1`);
    for (const viewer of others) {
      const response = await as(t.http.get(`${STRATEGIES}/${id}`), viewer);
      expect(response.body).toMatchObject({ instance_name: 'Three analysts - #1', user: { full_name: null } });
      expect(response.text).not.toContain(local);
    }
  });

  it('cannot be guessed by looking for it either', async () => {
    for (const viewer of [owner, admin])
      expect(await foundBy(viewer, local)).toEqual([`Three analysts - ${local} - #1`]);
    for (const viewer of others) {
      expect(await foundBy(viewer, local)).toEqual([]);
      expect(await foundBy(viewer, 'analysts - #1')).toEqual(['Three analysts - #1']);
    }
    expect(await foundBy(owner, 'analysts - #1')).toEqual([]);
  });

  it('stays hidden when something else is changed, and gives way to a name that its owner chose', async () => {
    await as(t.http.patch(`${STRATEGIES}/${id}`), owner)
      .send({ instance_description: 'Sells early.' })
      .expect(200);
    await rename(`Three analysts - ${local} - #1`).expect(200);
    expect(await nameSeenBy(others[0]!)).toBe('Three analysts - #1');
    await rename('Careful').expect(200);
    expect(await nameSeenBy(others[0]!)).toBe('Careful');
    expect(await foundBy(others[0]!, 'careful')).toEqual(['Careful']);
  });

  it('is hidden by the migration where there was one, whatever its definition was called then', async () => {
    const named = String((await createInstance(t, owner, definition, { instance_name: `By ${local}` }))['id']);
    await sql(`UPDATE portfolios SET instance_name = $2 WHERE id = $1`, id, `Old - title - ${local} - #1`);
    const runner = t.database.dataSource.createQueryRunner();
    const [names, searched] = [new AddPublicNames1763950100000(), new StoreSearchedText1764003000000()];
    await searched.down(runner);
    await names.down(runner);
    await names.up(runner);
    await searched.up(runner);
    await runner.release();
    expect(await nameSeenBy(others[0]!)).toBe('Old - title - #1');
    expect(await sql(`SELECT public_name FROM portfolios WHERE id = $1`, named)).toEqual([{ public_name: null }]);
  });
});
