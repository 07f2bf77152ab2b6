import { beforeAll, describe, expect, it } from '@jest/globals';
import { newVisitor, seriousFindings, signIn, drawAtBothSizes, type Visitor } from '../support/browser.js';
import { theWorld } from '../support/world.js';

const KEY = 'a-key-that-nobody-may-read-0123456789';

/** What an administrator does. */
export function theAdmin(): void {
  describe('an administrator', () => {
    const { server, browser } = theWorld();
    let visitor: Visitor;

    beforeAll(async () => {
      visitor = await newVisitor(browser(), server().url);
      await signIn(visitor, server().admin);
    }, 60_000);

    it('makes a user, makes them a trader, and keeps them out', async () => {
      const { page } = visitor;
      await page.goto('/admin/users');
      await page.getByRole('button', { name: 'New user' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('E-mail address').fill('made@conclave.test');
      await dialog.getByLabel('Initial password').fill('a long enough passphrase');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      const allowed = page.getByRole('switch', { name: 'made@conclave.test enabled' });
      await allowed.click();
      await page.getByRole('switch', { name: 'made@conclave.test enabled', checked: false }).waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('sets the key of an API, which no page shows again', async () => {
      const { page } = visitor;
      await page.goto('/admin/registries?tab=apis');
      const row = page.getByRole('row').filter({ hasText: 'fred_api' });
      await row.getByRole('button', { name: 'Edit' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('New API key').fill(KEY);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await row.getByText('••••6789').waitFor();
      await row.getByRole('button', { name: 'Edit' }).click();
      expect(await dialog.getByLabel('New API key').inputValue()).toBe('');
      expect(await page.content()).not.toContain(KEY);
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('sees where the code of each agent, tool and template is, and how a tool is set', async () => {
      const { page } = visitor;
      const cellsOf = async (tab: string, name: string): Promise<string[]> => {
        await page.goto(`/admin/registries?tab=${tab}`);
        const row = page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
        await row.waitFor();
        return row.getByRole('cell').allInnerTexts();
      };
      expect(await cellsOf('agents', 'onchain')).toContain(
        'OnchainAgent\nsrc/business-agents/onchain/onchain-agent.ts',
      );
      const tool = await cellsOf('tools', 'get_price');
      expect(tool).toContain('getPrice\nsrc/market-data/tools/price-tools.ts');
      expect(tool).toContain('–');
      expect(await page.getByRole('columnheader').allInnerTexts()).toEqual(
        expect.arrayContaining(['Source file', 'Settings']),
      );
      expect(await cellsOf('templates', 'multi_agent_eth_v1')).toContain(
        'MultiAgentConvictionDecision\nsrc/domain/decision/multi-agent-conviction/multi-agent-conviction-decision.ts',
      );
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('has a language model look over an agent, and stops it', async () => {
      const { page } = visitor;
      await page.goto('/admin/registries?tab=agents');
      const row = page.getByRole('row').filter({ hasText: 'onchain' });
      const dialog = page.getByRole('dialog');
      await row.getByRole('button', { name: 'Edit' }).click();
      await dialog.getByRole('switch', { name: 'LLM mode' }).click();
      await dialog.getByLabel('Model', { exact: true }).fill('a-small-model');
      await dialog.getByLabel('USD per million input tokens').fill('0.15');
      await dialog.getByLabel('USD per million output tokens').fill('0.60');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await row.getByText('a-small-model').waitFor();
      await page.goto('/admin/system');
      await page.getByRole('row').filter({ hasText: 'a-small-model' }).getByText('0 / 1').waitFor();
      await page.goto('/admin/registries?tab=agents');
      await row.getByRole('button', { name: 'Edit' }).click();
      await dialog.getByRole('switch', { name: 'LLM mode' }).click();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await row.getByText('a-small-model').waitFor({ state: 'detached' });
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('changes what new instances of a template begin with, and runs it now', async () => {
      const { page } = visitor;
      await page.goto('/admin/registries');
      const row = page.getByRole('row').filter({ hasText: 'multi_agent_eth_v1' });
      await row.getByRole('button', { name: 'Edit' }).click();
      const form = page.getByRole('dialog');
      await form.getByRole('spinbutton', { name: 'Buy threshold' }).fill('57');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      const template = await server().call<{ default_params: { buy_threshold: number } }>(
        server().admin,
        'GET',
        '/strategy-definitions/2',
      );
      expect(template.default_params.buy_threshold).toBe(57);
      await row.getByRole('button', { name: 'Run now' }).click();
      await page.getByText('Run started.').waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('makes a template, and lets other agents speak in it', async () => {
      const { page } = visitor;
      await page.goto('/admin/registries');
      await page.getByRole('button', { name: 'New template' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Name', { exact: true }).fill('Quiet ETH');
      await form.getByLabel('Short name').fill('quiet_eth_v1');
      await form.getByLabel('Trade channel').press('ArrowDown');
      await form.getByLabel('Trade channel').press('Enter');
      await form.getByLabel('Asset').fill('ETH');
      const suggestions = page.getByRole('listbox', { name: 'Asset' });
      await suggestions.waitFor({ state: 'attached' });
      expect(await seriousFindings(page)).toEqual([]);
      await form.getByRole('spinbutton', { name: 'Buy threshold' }).fill('65');
      await suggestions.waitFor({ state: 'detached' });
      expect(await seriousFindings(page)).toEqual([]);
      await drawAtBothSizes(page, 'new-template-en-light');
      await form.getByRole('button', { name: 'Create template' }).click();
      await form.waitFor({ state: 'detached' });
      const row = page.getByRole('row').filter({ hasText: 'quiet_eth_v1' });
      await row.getByRole('button', { name: 'Edit' }).click();
      // The last one goes, and the others are weighed alike.
      await form.getByLabel('Business agents').press('Backspace');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      const { items } = await server().call<{ items: { name: string }[] }>(
        server().admin,
        'GET',
        '/strategy-definitions',
      );
      expect(items.find(({ name }) => name === 'quiet_eth_v1')).toMatchObject({
        trade_channel: 'binance_spot',
        trade_symbol: 'ETH',
        business_agents: ['macro', 'onchain'],
        default_params: { agent_weights: { macro: 0.5, onchain: 0.5 }, buy_threshold: 65 },
      });
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('reads what language models were asked, as text, whatever it looks like', async () => {
      const { page } = visitor;
      await page.goto('/admin/llm-calls?agent=macro');
      const rows = page.locator('tbody tr[data-row-key]');
      await rows.nth(1).waitFor();
      expect(await rows.count()).toBe(2);
      await page.goto('/admin/llm-calls?agent=macro&status=failed');
      await page.getByText('did not answer in time').waitFor();
      expect(await rows.count()).toBe(1);
      await page.getByText('≤ 0.002 USD').waitFor();
      await page.goto('/admin/llm-calls?agent=macro&status=answered');
      await page.getByRole('button', { name: 'Details' }).click();
      const question = page.getByRole('dialog');
      await question.getByText('412 / 64').waitFor();
      await question.getByText('a'.repeat(64)).waitFor();
      expect(await question.getByText('**not bold**').count()).toBe(3);
      expect(await question.locator('img').count()).toBe(0);
      expect(await page.title()).not.toBe('taken');
      expect(page.url()).toContain('question=019a9c2e-7c00-7000-8000-000000000001');
      expect(page.url()).toContain('agent=macro');
      await page.keyboard.press('Escape');
      await question.waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('?agent=macro&status=answered');
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('sees which API does not answer, until when, and what to do', async () => {
      const { page } = visitor;
      const states: readonly [api: string, code: string, message: string, pausedUntil: string | null][] = [
        ['binance_api', 'blocked', 'binance_api: the place is not served. Ask from another network.', null],
        ['fred_api', 'paused', 'fred_api: it asks for no requests in the next 3 days.', '2999-03-04T05:06:00Z'],
      ];
      for (const [api, code, message, until] of states) {
        await server().database.dataSource.query(
          `INSERT INTO api_states (api_name, last_failure_at, last_failure, failures_in_row, paused_until)
           VALUES ($1, now(), $2, 3, $3) ON CONFLICT (api_name) DO UPDATE SET last_failure_at = now(),
             last_failure = excluded.last_failure, failures_in_row = 3, paused_until = excluded.paused_until`,
          [api, JSON.stringify({ code, message }), until],
        );
      }
      await page.goto('/admin/system');
      const blocked = page.getByRole('row').filter({ hasText: 'binance_api' });
      await blocked.getByText('Failing').waitFor();
      await blocked.getByText('Ask from another network.').waitFor();
      const paused = page.getByRole('row').filter({ hasText: 'fred_api' });
      await paused.getByText('Paused until').waitFor();
      await paused.getByText('2999').waitFor();
      await page.getByRole('row').filter({ hasText: 'mempool_space_api' }).getByText('Not used yet').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await drawAtBothSizes(page, 'system-apis-en-light');
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('checks the invariants, and finds it all in the audit log', async () => {
      const { page } = visitor;
      await page.goto('/admin/system');
      await page.getByRole('button', { name: 'Check now' }).click();
      await page.getByText('Violated checks: 0').waitFor();
      await page.goto('/admin/audit?action=api.changed');
      await page.getByText('fred_api').first().waitFor();
      expect(await page.content()).not.toContain(KEY);
      expect(visitor.complaints).toEqual([]);
    }, 120_000);
  });
}
