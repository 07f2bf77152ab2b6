import { beforeAll, describe, expect, it } from '@jest/globals';
import { newVisitor, signIn, type Visitor } from '../support/browser.js';
import { theWorld } from '../support/world.js';

/** What somebody does who may only look. */
export function theVisitor(): void {
  describe('a new user', () => {
    const { server, browser } = theWorld();
    let visitor: Visitor;

    beforeAll(async () => {
      const trader = await server().newAccount('trader', 'Theo Trader');
      await server().call(trader, 'POST', '/strategies', { strategy_definition_id: 1, initial_balance: '10000' });
      visitor = await newVisitor(browser(), server().url, { language: 'zh' });
    });

    it('registers, in the language of the browser, and sees the running strategies without being offered to change them', async () => {
      const { page } = visitor;
      await page.goto('/register');
      await page.getByLabel('邮箱').fill('new@conclave.test');
      await page.getByLabel('姓名').fill('新用户');
      await page.getByLabel('密码').fill('a long enough passphrase');
      await page.getByRole('button', { name: '注册并登录' }).click();
      await page.waitForURL('**/strategies');
      await page.getByRole('link', { name: 'Multi-Agent BTC - Theo Trader - #1' }).waitFor();
      expect(await page.getByRole('button', { name: '调参' }).count()).toBe(0);
      expect(await page.getByRole('link', { name: '新建策略' }).count()).toBe(0);
      await page.getByRole('link', { name: 'Multi-Agent BTC - Theo Trader - #1' }).click();
      await page.getByRole('tab', { name: '执行记录' }).waitFor();
      expect(await page.getByRole('tab', { name: '资金流水' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: '停止' }).count()).toBe(0);
      await page.goto('/strategies/new');
      await page.getByText('页面不存在').waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('changes name and password, and signs in with the new one', async () => {
      const { page } = visitor;
      await page.goto('/profile');
      await page.getByLabel('姓名').fill('改名');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('姓名已保存。').waitFor();
      await page.getByLabel('当前密码').fill('a long enough passphrase');
      await page.getByLabel('新密码').fill('another long passphrase');
      await page.getByRole('button', { name: '修改密码' }).click();
      await page.getByText('密码已修改', { exact: false }).waitFor();
      const next = await newVisitor(browser(), server().url);
      await signIn(next, { email: 'new@conclave.test', password: 'another long passphrase' });
      await next.context.close();
      expect(visitor.complaints).toEqual([]);
    }, 120_000);

    it('can do nothing before a password of their own replaces one that an administrator chose', async () => {
      const account = await server().newAccount('user', 'Gina Given');
      const { page, context, complaints } = await newVisitor(browser(), server().url);
      await signIn({ page }, account);
      await server().database.dataSource.query(`UPDATE users SET must_change_password = true WHERE email = $1`, [
        account.email,
      ]);
      await page.reload();
      await page.getByRole('heading', { name: 'Change your password' }).waitFor();
      expect(await page.getByRole('navigation').count()).toBe(0);
      const change = async (password: string): Promise<void> => {
        await page.getByLabel('Current password').fill(account.password);
        await page.getByLabel('New password').fill(password);
        await page.getByRole('button', { name: 'Change password' }).click();
      };
      await change(account.password);
      await page.getByText('is the current password; choose another one', { exact: false }).waitFor();
      await change('one that only I know');
      await page.getByRole('navigation').first().waitFor();
      expect(complaints.filter((line) => !/403|422/.test(line))).toEqual([]);
      await context.close();
    }, 120_000);

    it('is told in words what is wrong, with the id of the request', async () => {
      const stranger = await newVisitor(browser(), server().url);
      await stranger.page.goto('/sign-in');
      await stranger.page.locator('input[type=email]').fill('nobody@conclave.test');
      await stranger.page.locator('input[type=password]').fill('not the password');
      await stranger.page.locator('button[type=submit]').click();
      const alert = stranger.page.getByRole('alert').filter({ hasText: 'Wrong e-mail address or password' });
      await alert.getByText('Trace ID').waitFor();
      expect(stranger.complaints.filter((line) => !line.includes('401'))).toEqual([]);
      await stranger.context.close();
    }, 120_000);

    it('is not led to another site by an address', async () => {
      const { page } = visitor;
      for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example/', '/\t/evil.example/']) {
        await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
        await page.waitForURL(/\/strategies$/);
        expect(new URL(page.url()).origin).toBe(server().url);
      }
    }, 120_000);
  });
}
