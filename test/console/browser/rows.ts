import { beforeAll, describe, expect, it } from '@jest/globals';
import { newVisitor, signIn } from '../support/browser.js';
import type { Account } from '../support/console-server.js';
import { theWorld } from '../support/world.js';

const ROWS = 10_000;
const PAGE = 50;

/** Long lists. */
export function theRows(): void {
  describe(`a list of ${ROWS}`, () => {
    const { server, browser } = theWorld();
    let trader: Account;

    beforeAll(async () => {
      trader = await server().newAccount('trader', 'Lara Long');
      const { id } = await server().call<{ id: string }>(trader, 'POST', '/strategies', {
        strategy_definition_id: 2,
        initial_balance: '10000',
      });
      await server().call(trader, 'DELETE', `/strategies/${id}`);
      const { dataSource } = server().database;
      const columns = await dataSource.query<{ names: string }[]>(
        `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
         WHERE table_name = 'portfolios' AND is_generated = 'NEVER'`,
      );
      const { names } = columns[0]!;
      await dataSource.query(
        `INSERT INTO portfolios (${names}) SELECT ${names} FROM (
           SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'instance_number', n + 1,
             'instance_name', 'Row ' || n, 'public_name', NULL, 'created_at', p.created_at - n * interval '1 minute'))).*
           FROM portfolios p, generate_series(1, $2) n WHERE p.id = $1) made`,
        [id, ROWS - 1],
      );
    });

    it('comes from the server page by page, to its end, and the page never holds more than one', async () => {
      const visitor = await newVisitor(browser(), server().url);
      const { page } = visitor;
      const asked: string[] = [];
      page.on('request', (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname === '/api/v1/strategies') asked.push(searchParams.get('limit') ?? 'all');
      });
      await signIn(visitor, trader);
      await page.goto('/strategies?view=table&state=archived&mine=true', { waitUntil: 'commit' });
      // The page that was left may have asked until now.
      asked.length = 0;
      await page.getByRole('link', { name: 'Row 1', exact: true }).waitFor();
      const rows = page.locator('tbody tr[data-row-key]');
      expect(await rows.count()).toBe(PAGE);
      await rows.last().scrollIntoViewIfNeeded();
      await page.getByTitle(String(ROWS / PAGE), { exact: true }).click();
      await page.getByRole('link', { name: `Row ${ROWS - 1}`, exact: true }).waitFor();
      expect(await rows.count()).toBe(PAGE);
      expect(page.url()).toContain(`page=${ROWS / PAGE}`);
      expect(new Set(asked)).toEqual(new Set([String(PAGE)]));
      expect(visitor.complaints).toEqual([]);
      await visitor.context.close();
    }, 120_000);
  });
}
