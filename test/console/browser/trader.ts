import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { newVisitor, signIn, tabTo, type Visitor } from '../support/browser.js';
import type { Account } from '../support/console-server.js';
import { theWorld } from '../support/world.js';

interface Instance {
  readonly id: string;
  readonly instance_params: { readonly buy_threshold: number; readonly max_position_size: number };
  readonly version: number;
}

/** What a trader does, in a browser, against the whole program. */
export function theTrader(): void {
  describe('a trader', () => {
    const { server, browser } = theWorld();
    let trader: Account;
    let visitor: Visitor;
    let path = '';

    beforeAll(async () => {
      trader = await server().newAccount('trader', 'Tina Trader');
      visitor = await newVisitor(browser(), server().url);
    });

    const idIn = (address: string): string => /strategies\/([0-9a-f-]{36})/.exec(address)![1]!;
    const instance = (): Promise<Instance> => server().call<Instance>(trader, 'GET', `/strategies/${idIn(path)}`);

    it('goes from an empty browser to a running instance with the keyboard alone: two fields, four keys', async () => {
      const { page } = visitor;
      const acts: string[] = [];
      const type = async (text: string): Promise<void> => {
        acts.push('field');
        await page.keyboard.type(text);
      };
      const press = async (key: string): Promise<void> => {
        acts.push(key);
        await page.keyboard.press(key);
      };
      await page.goto('/');
      await page.waitForURL('**/sign-in');
      await page.locator('input[type=email]:focus').waitFor();
      await type(trader.email);
      await page.keyboard.press('Tab');
      await type(trader.password);
      await press('Enter');
      await page.waitForURL('**/strategies');
      await tabTo(page, page.getByRole('link', { name: 'New strategy' }).first());
      await press('Enter');
      await page.waitForURL('**/strategies/new');
      await tabTo(page, page.getByRole('radio', { name: 'Multi-Agent BTC' }));
      await press('Space');
      const name = page.getByLabel('Name');
      await name.waitFor();
      await eventually('the name is there', async () =>
        (await name.inputValue()) === 'Multi-Agent BTC - Tina Trader - #1' ? true : null,
      );
      await tabTo(page, name);
      await press('Enter');
      await page.waitForURL(/strategies\/[0-9a-f-]{36}$/);
      path = new URL(page.url()).pathname;
      await page.getByRole('heading', { level: 1, name: 'Multi-Agent BTC - Tina Trader - #1' }).waitFor();
      await page.getByText('Running', { exact: true }).first().waitFor();
      await page.getByText('10,000.00').first().waitFor();
      // What stands between somebody new and their first strategy: no more than this, whatever is added.
      expect(acts).toEqual(['field', 'field', 'Enter', 'Enter', 'Space', 'Enter']);
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('stays on the same tab after a reload', async () => {
      const { page } = visitor;
      await page.goto(`${path}?tab=tune`);
      await page.getByRole('button', { name: 'Save changes' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Save changes' }).waitFor();
      expect(page.url()).toContain(`${path}?tab=tune`);
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('tunes it, sees what differs and what the market would say, and what the server refuses', async () => {
      const { page } = visitor;
      const threshold = page.getByRole('spinbutton', { name: 'Buy threshold' });
      await threshold.fill('40');
      await page.keyboard.press('Tab');
      // Below the threshold for selling part: only the server knows that rule.
      await page.getByText('Partial-sell threshold must not be above Buy threshold').first().waitFor();
      visitor.complaints.length = 0;
      await threshold.fill('61');
      await page.keyboard.press('Tab');
      await page.getByText('Default: 55').waitFor();
      await page.getByText('Buy threshold: 55 → 61').waitFor();
      await page.getByText('Conviction', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('Saved. Takes effect from the next run.').waitFor();
      expect((await instance()).instance_params.buy_threshold).toBe(61);
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('is shown both changes when another tab was faster, and keeps both', async () => {
      const { page } = visitor;
      const other = await visitor.context.newPage();
      await other.goto(`${path}?tab=tune`);
      await page.getByRole('spinbutton', { name: 'Max buy size' }).fill('0.02');
      await page.keyboard.press('Tab');
      await other.getByRole('spinbutton', { name: 'Buy threshold' }).fill('58');
      await other.keyboard.press('Tab');
      await other.getByRole('button', { name: 'Save changes' }).click();
      await other.getByText('Saved. Takes effect from the next run.').waitFor();
      await other.close();
      await page.getByRole('button', { name: 'Save changes' }).click();
      const question = page
        .getByRole('alert')
        .filter({ hasText: 'This strategy was changed by someone else while you were editing' });
      await question.getByText('Buy threshold: 61 → 58').waitFor();
      await question.getByText('Max buy size: 0.01 → 0.02').waitFor();
      // "Saved." of the test before may still be there.
      const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
      await question.getByRole('button', { name: 'Apply my changes on top' }).click();
      expect((await saved).status()).toBe(200);
      await page.getByText('Saved. Takes effect from the next run.').first().waitFor();
      await question.waitFor({ state: 'detached' });
      expect((await instance()).instance_params).toMatchObject({ buy_threshold: 58, max_position_size: 0.02 });
      // The browser itself reports the 412.
      expect(visitor.complaints.filter((line) => !line.includes('412'))).toEqual([]);
      visitor.complaints.length = 0;
    }, 120_000);

    it('goes on in the middle of a change when the access token has run out', async () => {
      const { page } = visitor;
      const asked: string[] = [];
      page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
      let expired = 0;
      await page.route(`**/api/v1${path}`, (route, request) => {
        if (request.method() !== 'PATCH' || expired++ > 0) return route.continue();
        return route.continue({ headers: { ...request.headers(), authorization: 'Bearer has.run.out' } });
      });
      await page.getByRole('spinbutton', { name: 'Buy threshold' }).fill('62');
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await eventually('it is saved', async () =>
        (await instance()).instance_params.buy_threshold === 62 ? true : null,
      );
      expect(asked.filter((line) => line.startsWith('PATCH'))).toHaveLength(2);
      expect(asked).toContain('POST /api/v1/auth/session/refresh');
      expect(new URL(page.url()).pathname).toBe(path);
      await page.unroute(`**/api/v1${path}`);
      // The browser itself reports the 401.
      expect(visitor.complaints.filter((line) => !line.includes('401'))).toEqual([]);
      visitor.complaints.length = 0;
    }, 120_000);

    it('finds it by an address that holds the filters', async () => {
      const { page } = visitor;
      await page.goto('/strategies?view=table&q=tina&state=active&mode=paper&sort=-total_value&mine=true');
      await page.getByRole('link', { name: 'Multi-Agent BTC - Tina Trader - #1' }).waitFor();
      await page.goto('/strategies?q=nobody-has-this');
      await page.getByText('No strategy matches these filters.').waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('is told at once of what happens, reads again where nothing is told, and never takes old data for new', async () => {
      const listener = await newVisitor(browser(), server().url);
      const { page } = listener;
      const change = (instance_description: string): Promise<unknown> =>
        server().call(trader, 'PATCH', `/strategies/${idIn(path)}`, { instance_description });
      await page.clock.install();
      await signIn(listener, trader);
      await page.goto(path);
      await page.getByRole('img', { name: 'Live updates' }).waitFor();
      // Well before it would be read again anyway.
      await change('Told by the stream');
      await page.getByText('Told by the stream').waitFor({ timeout: 15_000 });
      // As a valuation does it: the version stays, and nothing but its event tells that something else is there.
      await server().database.dataSource.query(
        `WITH valued AS (UPDATE portfolios SET instance_description = 'Valued' WHERE id = $1 RETURNING strategy_definition_id)
         INSERT INTO stream_events (kind, definition_id) SELECT 'valuation', strategy_definition_id FROM valued`,
        [idIn(path)],
      );
      await page.getByText('Valued', { exact: true }).waitFor({ timeout: 15_000 });
      await page.route('**/api/v1/strategies/**', (route) => route.abort());
      await page.clock.fastForward(31_000);
      await page.getByRole('status').getByText('Data is').waitFor();
      await page.unroute('**/api/v1/strategies/**');
      await page.clock.fastForward(30_000);
      await page.getByRole('status').getByText('Data is').waitFor({ state: 'detached' });
      await page.route('**/api/v1/stream?*', (route) => route.abort());
      await page.reload();
      await page.getByRole('img', { name: 'Refreshed every few seconds' }).waitFor();
      await page.getByText('Valued').waitFor();
      await change('Read again');
      await page.clock.fastForward(11_000);
      await page.getByText('Read again', { exact: true }).waitFor();
      expect(listener.complaints.filter((line) => !line.includes('ERR_FAILED'))).toEqual([]);
      await listener.context.close();
    }, 120_000);

    it('sees that the server is gone, and goes on when it is back', async () => {
      const { page } = visitor;
      await page.goto('/strategies');
      await page.getByRole('link', { name: 'Multi-Agent BTC - Tina Trader - #1' }).waitFor();
      await server().stop();
      await page.getByRole('link', { name: 'Multi-Agent BTC - Tina Trader - #1' }).click();
      await page.getByText('The server cannot be reached').waitFor({ timeout: 60_000 });
      await server().start();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { level: 1, name: 'Multi-Agent BTC - Tina Trader - #1' }).waitFor();
      await page.getByRole('img', { name: 'Live updates' }).waitFor();
      // The browser itself reports the requests that failed, and those that a server that ends has refused.
      expect(visitor.complaints.filter((line) => !/ERR_| 503 /.test(line))).toEqual([]);
      visitor.complaints.length = 0;
    }, 180_000);

    it('pauses it, starts it, and stops it for good', async () => {
      const { page } = visitor;
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByText('Paused', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Start' }).click();
      await page.getByText('Running', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
      await page.getByText('Stopped', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached' });
      // A new strategy with the same params; the stopped one stays.
      const stopped = new URL(page.url()).pathname;
      await page.getByRole('button', { name: 'Start again' }).click();
      await page.waitForURL((url) => url.pathname !== stopped);
      await page.getByText('Running', { exact: true }).first().waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('is signed out in every tab at once', async () => {
      const { page, context } = visitor;
      const other = await context.newPage();
      await other.goto('/strategies');
      await other.getByRole('heading', { level: 1, name: 'Strategies' }).waitFor();
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForURL('**/sign-in*');
      await other.waitForURL('**/sign-in*');
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('signs in again where the session has ended, and is led back', async () => {
      const ended = await newVisitor(browser(), server().url);
      await signIn(ended, trader);
      await server().database.dataSource.query(
        'UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = (SELECT id FROM users WHERE email = $1)',
        [trader.email],
      );
      await ended.page.goto('/profile');
      await ended.page.waitForURL('**/sign-in?next=%2Fprofile');
      await ended.page.locator('input[type=email]').fill(trader.email);
      await ended.page.locator('input[type=password]').fill(trader.password);
      await ended.page.locator('button[type=submit]').click();
      await ended.page.waitForURL('**/profile');
      expect(ended.complaints.filter((line) => !line.includes('401'))).toEqual([]);
      await ended.context.close();
    }, 120_000);
  });
}
