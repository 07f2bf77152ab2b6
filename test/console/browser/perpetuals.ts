import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { newVisitor, signIn, type Visitor } from '../support/browser.js';
import { theWorld } from '../support/world.js';

/** Long and short with leverage: what is open, what closes it, what came of it. */
export function thePerpetuals(): void {
  describe('a trader of perpetuals', () => {
    const { server, browser } = theWorld();
    let visitor: Visitor;
    let path = '';

    beforeAll(async () => {
      visitor = await newVisitor(browser(), server().url);
      path = `/strategies/${server().perpetual.strategy}`;
      await signIn(visitor, server().perpetual.owner);
    }, 60_000);

    it('sees the open position with margin, leverage and every level that closes it', async () => {
      const { page } = visitor;
      const { positions } = await server().call<{ positions: { liquidation_price: string; stop_loss: string }[] }>(
        server().perpetual.owner,
        'GET',
        path,
      );
      const shown = (price: string): string =>
        Number(price).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
      await page.goto(path);
      await page.getByText(/Long$/).first().waitFor();
      await page.getByText('3.00 ×').waitFor();
      for (const name of ['Margin', 'Mark price', 'Unrealized P&L', 'Take profit', 'Expires'])
        await page.getByText(name, { exact: true }).first().waitFor();
      await page.getByText(shown(positions[0]!.liquidation_price)).waitFor();
      await page.getByText(shown(positions[0]!.stop_loss)).waitFor();
      expect(await page.getByText('USDC').count()).toBeGreaterThan(0);
      expect(await page.getByText('USDT').count()).toBe(0);
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('sees how it has done against buy and hold, and why a figure is not there', async () => {
      const { page } = visitor;
      const figures = page.locator('.ant-card').filter({ hasText: 'Performance' }).last();
      await figures.getByText('Excess vs buy and hold').waitFor();
      await figures.getByText('Funding paid').waitFor();
      const row = figures.getByRole('row').filter({ hasText: 'Sharpe ratio' });
      await row.getByText('Available after 30 days').waitFor();
      await figures.getByText('Win rate of positions').waitFor();
      await figures.getByText('Profit factor of single closes').waitFor();
      const months = page.locator('.ant-card').filter({ hasText: 'Monthly returns (UTC)' }).last();
      await months.getByRole('columnheader', { name: 'Jan' }).waitFor();
      await months.getByText('%', { exact: false }).first().waitFor();
      expect(await figures.getByText('Funding hours').count()).toBe(0);
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('sees that funding of some hours never became known', async () => {
      const { page } = visitor;
      await server().database.dataSource.query(
        `UPDATE funding_hours SET price = NULL, rate = NULL, amount = NULL, settled_at = NULL, given_up_at = now()
         WHERE hour IN (SELECT hour FROM funding_hours WHERE settled_at IS NOT NULL ORDER BY hour LIMIT 3)`,
      );
      await page.goto(path);
      const figures = page.locator('.ant-card').filter({ hasText: 'Performance' }).last();
      const row = figures.getByRole('row').filter({ hasText: 'Funding hours without a known rate' });
      await row.getByText('3', { exact: true }).waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('reads in words what closed its positions, and finds it on the candles', async () => {
      const { page } = visitor;
      await page.getByRole('tab', { name: 'Exits' }).click();
      await page.getByText('Maximum holding time reached.', { exact: false }).waitFor();
      const { items } = await server().call<{ items: { kind: string }[] }>(
        server().perpetual.owner,
        'GET',
        `${path}/exits`,
      );
      expect(items.length).toBeGreaterThanOrEqual(2);
      expect(await page.locator('tbody tr[data-row-key]').count()).toBe(items.length);
      await page.goto(path);
      await page.getByText('Week', { exact: true }).click();
      await page.getByText('Price with trades').click();
      await page.getByText('Exits', { exact: true }).last().waitFor();
      await page.locator('canvas').first().waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('finds the funding of every hour in the ledger, in the account of the margin', async () => {
      const { page } = visitor;
      await page.goto(`${path}?tab=ledger`);
      const row = page.getByRole('row').filter({ hasText: 'Funding' }).first();
      await row.getByText('USDC · Margin').waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('makes one from the template: stop and target in the form, and the what-if reads what its agents say', async () => {
      const { page } = visitor;
      const { id } = await server().call<{ id: string }>(server().admin, 'POST', '/strategy-definitions/3/runs');
      await eventually('the run has ended', async () => {
        const run = await server().call<{ finished_at: string | null }>(server().admin, 'GET', `/runs/${id}`);
        return run.finished_at;
      });
      await page.goto('/strategies/new?template=3');
      const stops = page.getByRole('group', { name: 'Stop loss and take profit' });
      await stops.getByRole('spinbutton', { name: 'Stop distance (× ATR)' }).fill('2.5');
      await page.keyboard.press('Tab');
      await stops.getByText('Default: 2', { exact: true }).waitFor();
      const whatIf = page.locator('.ant-card').filter({ hasText: 'What-if: result' });
      await whatIf.getByText('Conviction', { exact: true }).waitFor();
      await whatIf.locator('li').first().waitFor();
      expect(await whatIf.getByText('gave no usable output').count()).toBe(0);
      await page.getByRole('button', { name: 'Create and start' }).click();
      await page.waitForURL(/strategies\/[0-9a-f-]{36}$/);
      await page.getByText('Running', { exact: true }).first().waitFor();
      await page.getByText('No open position, cash only.').waitFor();
      const made = await server().call<{ instance_params: { default_sl_atr_multiplier: number } }>(
        server().perpetual.owner,
        'GET',
        new URL(page.url()).pathname,
      );
      expect(made.instance_params.default_sl_atr_multiplier).toBe(2.5);
      await page.goto(`${new URL(page.url()).pathname}?tab=exits`);
      await page.getByText('No position has been closed by a stop, a take profit or a time stop.').waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('is told, wherever an analysis is shown, that its language model did not deliver', async () => {
      const { page } = visitor;
      const { owner } = server().perpetual;
      const { items } = await server().call<{ items: { id: string; run_id: string }[] }>(
        owner,
        'GET',
        `${path}/executions`,
      );
      const [decision] = items;
      await server().database.dataSource.query(
        `UPDATE agent_executions SET degraded = true, error = $2 WHERE run_id = $1 AND agent_name = 'ta_momentum'`,
        [decision!.run_id, { code: 'llm_timed_out', message: 'No answer within 20 s.' }],
      );
      for (const place of ['/market?template=3', `${path}?tab=executions&execution=${decision!.id}`]) {
        await page.goto(place);
        await page.getByText('rules only').waitFor();
        await page.getByText('The language model did not answer in time.').waitFor();
      }
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('is shown to a user without sizes and levels', async () => {
      const user = await server().newAccount('user', 'Ute User');
      const stranger = await newVisitor(browser(), server().url);
      await signIn(stranger, user);
      await stranger.page.goto(path);
      await stranger.page.getByText(/Long$/).first().waitFor();
      expect(await stranger.page.getByText('3.00 ×').count()).toBe(0);
      await stranger.page.goto(`${path}?tab=exits`);
      await stranger.page.getByText('time stop').first().waitFor();
      expect(await stranger.page.getByText('Maximum holding time').count()).toBe(0);
      expect(stranger.complaints).toEqual([]);
      await stranger.context.close();
    }, 120_000);

    it('follows the conviction of the runs, with a gap where there is none', async () => {
      const { page } = visitor;
      await page.goto('/market?template=3');
      await page.getByRole('img', { name: 'Conviction over time' }).waitFor();
      const { items } = await server().call<{ items: { conviction_score: number | null }[] }>(
        server().perpetual.owner,
        'GET',
        '/strategy-definitions/3/convictions?limit=100',
      );
      const missing = items.filter(({ conviction_score }) => conviction_score === null).length;
      // A tick that was passed over.
      expect(missing).toBeGreaterThan(0);
      await page.getByText(`Gaps: ${missing} runs`, { exact: false }).waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);
  });
}
