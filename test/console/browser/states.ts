import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Route } from 'playwright-core';
import { newVisitor, signIn, type Visitor } from '../support/browser.js';
import { theWorld } from '../support/world.js';

const TRACE_ID = 'the-id-of-the-request';
/** What the frame of every page asks for. */
const OF_THE_FRAME = /\/api\/v1\/(auth\/|stream)/;

/** What a page is while it waits, when it is refused, and when there is nothing. */
export function theStates(): void {
  describe('a page of the console', () => {
    const { server, browser } = theWorld();
    let visitor: Visitor;
    let strategy = '';

    beforeAll(async () => {
      strategy = server().perpetual.strategy;
      visitor = await newVisitor(browser(), server().url);
      await signIn(visitor, server().admin);
    }, 60_000);

    const pages = (): readonly string[] => [
      '/strategies',
      '/strategies/new',
      `/strategies/${strategy}`,
      '/market',
      '/admin/registries',
      '/admin/registries?tab=agents',
      '/admin/registries?tab=tools',
      '/admin/registries?tab=apis',
      '/admin/users',
      '/admin/system',
      '/admin/llm-calls',
      '/admin/audit',
    ];

    it('waits, says why it was refused with the id of the request, and goes on when it is asked to', async () => {
      const { page } = visitor;
      const refused = {
        status: 400,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          status: 400,
          code: 'refused_by_test',
          detail: 'Refused by the test.',
          trace_id: TRACE_ID,
        }),
      };
      for (const path of pages()) {
        let release = (): void => undefined;
        const released = new Promise<void>((resolve) => (release = resolve));
        const hold = async (route: Route): Promise<void> => {
          if (OF_THE_FRAME.test(route.request().url())) return route.continue();
          await released;
          await route.fulfill(refused);
        };
        await page.route('**/api/v1/**', hold);
        await page.goto(path);
        await page.locator('.ant-skeleton').first().waitFor();
        release();
        const alert = page.getByRole('alert').filter({ hasText: 'Refused by the test.' }).first();
        await alert.getByText(TRACE_ID).waitFor();
        await page.unroute('**/api/v1/**', hold);
        await alert.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('Refused by the test.').first().waitFor({ state: 'detached' });
        await page.locator('h1').first().waitFor();
        expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
      }
      // The browser itself reports the answers that were refused.
      expect(visitor.complaints.filter((line) => !line.includes(' 400 '))).toEqual([]);
    }, 180_000);

    it('says so when there is nothing', async () => {
      const trader = await server().newAccount('trader', 'Nora Nothing');
      const beginner = await newVisitor(browser(), server().url);
      const { page } = beginner;
      await signIn(beginner, trader);
      await page.goto('/strategies?mine=true&q=none');
      await page.getByText('No strategy matches these filters.').waitFor();
      const { id } = await server().call<{ id: string }>(trader, 'POST', '/strategies', {
        strategy_definition_id: 2,
        initial_balance: '10000',
      });
      const empty = [
        ['executions', 'No decision yet.'],
        ['trades', 'No trades yet.'],
        ['exits', 'No position has been closed by a stop, a take profit or a time stop.'],
      ] as const;
      await page.goto(`/strategies/${id}`);
      await page.getByText('No open position, cash only.').waitFor();
      for (const [tab, words] of empty) {
        await page.goto(`/strategies/${id}?tab=${tab}`);
        await page.getByText(words, { exact: false }).waitFor();
      }
      expect(beginner.complaints).toEqual([]);
      await beginner.context.close();
      visitor.complaints.length = 0;
      await visitor.page.goto('/admin/audit?action=never.done');
      await visitor.page.getByText('No entry matches these filters.').waitFor();
      await visitor.page.goto('/admin/llm-calls?run_id=00000000-0000-4000-8000-000000000000');
      await visitor.page.getByText('No LLM call matches these filters.').waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);
  });
}
