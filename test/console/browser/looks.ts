import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT, eventually } from '../../support/eventually.js';
import { newVisitor, seriousFindings, signIn, drawAtBothSizes } from '../support/browser.js';
import type { Account } from '../support/console-server.js';
import { theWorld } from '../support/world.js';

const MOST_BYTES = 500_000;
const BUSY_MS = 120_000;

/** Every page, in both languages, light and dark. */
export function theLooks(): void {
  describe('the pages of the console', () => {
    const { server, browser } = theWorld();
    let trader: Account;
    let strategy = '';
    let execution = '';
    let perpetual = '';

    beforeAll(async () => {
      trader = await server().newAccount('trader', 'Lina Looker');
      const { id } = await server().call<{ id: string }>(trader, 'POST', '/strategies', {
        strategy_definition_id: 1,
        initial_balance: '10000',
        instance_description: 'Buys when all agree.',
        // Buys in any market, so that there is something to see.
        instance_params: { buy_threshold: 2, partial_sell_threshold: 1, full_sell_threshold: 0 },
      });
      strategy = id;
      await server().call(server().admin, 'POST', '/strategy-definitions/1/runs');
      perpetual = server().perpetual.strategy;
      execution = await eventually('its first decision', async () => {
        const page = await server().call<{ items: { id: string }[] }>(trader, 'GET', `/strategies/${id}/executions`);
        return page.items[0]?.id;
      });
    }, BUSY_MS);

    const VISITORS = [
      ['sign-in', '/sign-in'],
      ['register', '/register'],
    ] as const;

    const pages = (): (readonly [name: string, path: string])[] => [
      ['strategies', '/strategies'],
      ['strategies-table', '/strategies?view=table'],
      ['create', '/strategies/new?template=1'],
      ['detail', `/strategies/${strategy}`],
      ['detail-decisions', `/strategies/${strategy}?tab=executions`],
      ['detail-decision', `/strategies/${strategy}?tab=executions&execution=${execution}`],
      ['detail-trades', `/strategies/${strategy}?tab=trades`],
      ['detail-ledger', `/strategies/${strategy}?tab=ledger`],
      ['detail-params', `/strategies/${strategy}?tab=params`],
      ['detail-tune', `/strategies/${strategy}?tab=tune`],
      ['perpetual', `/strategies/${perpetual}`],
      ['perpetual-trades', `/strategies/${perpetual}?tab=trades`],
      ['perpetual-exits', `/strategies/${perpetual}?tab=exits`],
      ['create-perpetual', '/strategies/new?template=3'],
      ['paper', '/paper'],
      ['profile', '/profile'],
      ['market', '/market'],
      ['market-perpetual', '/market?template=3'],
      ['nothing', '/nothing-here'],
    ];

    const adminPages = (): (readonly [name: string, path: string])[] => [
      ['templates', '/admin/registries'],
      ['agents', '/admin/registries?tab=agents'],
      ['tools', '/admin/registries?tab=tools'],
      ['apis', '/admin/registries?tab=apis'],
      ['users', '/admin/users'],
      ['system', '/admin/system'],
      ['llm-calls', '/admin/llm-calls'],
      ['llm-call', '/admin/llm-calls?question=019a9c2e-7c00-7000-8000-000000000001'],
      ['perpetual-ledger', `/strategies/${perpetual}?tab=ledger`],
      ['perpetual-tune', `/strategies/${perpetual}?tab=tune`],
      ['audit', '/admin/audit'],
    ];

    it.each([
      ['en', false],
      ['zh', true],
    ] as const)(
      'can be read by everybody, and no browser complains (%s, dark: %s)',
      async (language, dark) => {
        const visitor = await newVisitor(browser(), server().url, { language, dark });
        const { page } = visitor;
        const findings: string[] = [];
        const visit = async ([name, path]: readonly [string, string]): Promise<void> => {
          await visitor.follow(path);
          for (const finding of await seriousFindings(page)) findings.push(`${name}: ${finding}`);
          await drawAtBothSizes(page, `${name}-${language}-${dark ? 'dark' : 'light'}`);
          expect([name, await page.locator('html').getAttribute('lang')]).toEqual([name, language]);
          // A key instead of words is a word with dots in it that begins with one of ours.
          const words = await page.locator('body').innerText();
          expect([name, words.match(/\b(common|field|nav|list|detail|param|reason|problems)\.\w+/g)]).toEqual([
            name,
            null,
          ]);
        };
        await visitor.visit('/sign-in');
        for (const one of VISITORS) await visit(one);
        await signIn(visitor, trader);
        for (const one of pages()) await visit(one);
        await page.goto(`/strategies/${strategy}`);
        await page.locator('.ant-segmented-item').nth(1).click();
        await page.locator('canvas').first().waitFor();
        for (const finding of await seriousFindings(page)) findings.push(`detail-price: ${finding}`);
        await drawAtBothSizes(page, `detail-price-${language}-${dark ? 'dark' : 'light'}`);
        await visitor.context.clearCookies();
        await page.evaluate('localStorage.removeItem("conclave.signed-in")');
        await signIn(visitor, server().admin);
        for (const one of adminPages()) await visit(one);
        expect(findings).toEqual([]);
        expect(visitor.complaints).toEqual([]);
        await visitor.context.close();
      },
      600_000,
    );

    it('change language, theme and colours, and keep them', async () => {
      const visitor = await newVisitor(browser(), server().url);
      const { page } = visitor;
      await signIn(visitor, trader);
      await page.getByRole('button', { name: '中文' }).click();
      await page.getByRole('heading', { level: 1, name: '策略' }).waitFor();
      await page.getByRole('button', { name: '外观' }).click();
      await page.getByRole('menuitem', { name: '深色' }).click();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '策略' }).waitFor();
      expect(await page.locator('html').evaluate((root) => root.style.colorScheme)).toBe('dark');
      expect(visitor.complaints).toEqual([]);
      await visitor.context.close();
    }, 120_000);

    it('keep no token where a script could read it', async () => {
      const visitor = await newVisitor(browser(), server().url);
      await signIn(visitor, trader);
      const stored = await visitor.page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])');
      expect(stored).not.toMatch(/eyJ|[\w-]{43}/);
      const cookies = await visitor.context.cookies(`${server().url}/api/v1/auth/session`);
      // The session's, and that of the device.
      expect(cookies.map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual([
        [true, 'Strict'],
        [true, 'Strict'],
      ]);
      await visitor.context.close();
    }, 120_000);

    it('begin with less than 500 kB of compressed JavaScript', () => {
      const folder = join(ROOT, 'web', 'dist');
      const html = readFileSync(join(folder, 'index.html'), 'utf8');
      const names = [...html.matchAll(/assets\/([\w.-]+\.js)/g)].map(([, name]) => name!);
      expect(names.length).toBeGreaterThan(0);
      expect(readdirSync(join(folder, 'assets'))).toEqual(expect.arrayContaining(names));
      const bytes = names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, 'assets', name))).length, 0);
      expect(bytes).toBeLessThan(MOST_BYTES);
    });
  });
}
