import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { ROOT } from '../../support/eventually.js';
import type { Account } from './console-server.js';

/** Screenshots of the last run; not committed. */
const FOLDER = join(ROOT, 'test-results', 'console');
const WIDE = { width: 1360, height: 900 };
const PHONE = { width: 390, height: 844 };
const PATIENCE_MS = 30_000;

export type Language = 'en' | 'zh';

export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['TEST_CHROMIUM_PROGRAM'];
  if (!executablePath) throw new Error('TEST_CHROMIUM_PROGRAM is not set: the global setup looks for Chromium.');
  // Chromium's sandbox refuses to run as root, and /dev/shm is small in containers.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A browser of its own: cookies, storage, and everything that went wrong in it. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser's console said that it should not have. */
  readonly complaints: string[];
  /** Loads that address, and waits until the page has nothing left to load. */
  visit(path: string): Promise<void>;
  /** Goes there within the loaded program, as a link does; a quarter of the time of {@link visit}. */
  follow(path: string): Promise<void>;
}

interface VisitorOptions {
  readonly language?: Language;
  readonly dark?: boolean;
}

export async function newVisitor(browser: Browser, url: string, options: VisitorOptions = {}): Promise<Visitor> {
  const { language = 'en', dark = false } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: WIDE,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const watch = (page: Page): void => {
    page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning')
        complaints.push(`${line.text()} ${line.location().url}`);
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  };
  context.on('page', watch);
  await context.addInitScript(COUNT_REQUESTS);
  const page = await context.newPage();
  const visit = async (path: string): Promise<void> => {
    await page.goto(path);
    await settled(page);
  };
  const follow = async (path: string): Promise<void> => {
    await page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await settled(page);
  };
  return { context, page, complaints, visit, follow };
}

/** In the page, so that a page that is left takes its count with it. */
const COUNT_REQUESTS = `{
  const send = window.fetch;
  window.pendingRequests = 0;
  window.fetch = (...request) => {
    window.pendingRequests += 1;
    return send(...request).finally(() => (window.pendingRequests -= 1));
  };
}`;

/** What React has been told is drawn, what it asks for next is under way, and nothing slides any more. */
const DRAWN = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() =>
  Promise.allSettled(document.getAnimations()
    .filter((animation) => animation.playState === 'running' && animation.effect.getComputedTiming().iterations !== Infinity)
    .map((animation) => animation.finished)).then(() => undefined))`;
const NOTHING_WAITS = `document.querySelector('h1') !== null && window.pendingRequests === 0 &&
  document.querySelector('.ant-skeleton, .ant-spin-spinning') === null`;

/** Waits for the heading, and until twice in a row nothing is loading. @throws Error after {@link PATIENCE_MS}. */
async function settled(page: Page): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let quiet = 0; quiet < 2;) {
    await page.evaluate(DRAWN);
    quiet = (await page.evaluate(NOTHING_WAITS)) ? quiet + 1 : 0;
    if (quiet > 0) continue;
    if (performance.now() > until) throw new Error(`${page.url()} is still loading after ${PATIENCE_MS} ms.`);
    await page.waitForTimeout(20);
  }
}

/** Fills the form of the sign-in page by its labels, and waits for the list. */
export async function signIn({ page }: Pick<Visitor, 'page'>, { email, password }: Account): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL('**/strategies');
}

/** More than any of our pages has before what somebody came for. */
const MOST_TABS = 80;

/** Goes there as somebody without a mouse does. @throws Error when the key never gets there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < MOST_TABS; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`${MOST_TABS} tabs do not lead to ${target.toString()}`);
}

/** What axe finds that is serious or worse, as `rule: where`. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: true } } })',
  );
  return (results as axe.AxeResults).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`));
}

/** Draws the page wide and as on a phone; with PICTURES=1 a picture of each is left in `test-results/console`. */
export async function drawAtBothSizes(page: Page, name: string): Promise<void> {
  const draw = async (size: string): Promise<void> => {
    // Menus and tables arrange themselves for the new width.
    await page.evaluate(DRAWN);
    if (process.env['PICTURES']) await page.screenshot({ path: join(FOLDER, `${name}-${size}.png`), fullPage: true });
  };
  await draw('wide');
  await page.setViewportSize(PHONE);
  await draw('phone');
  await page.setViewportSize(WIDE);
}
