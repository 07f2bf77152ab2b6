import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DISTURBANCES } from '../support/local-api.js';
import { OutsideWorld } from '../support/outside/outside-world.js';
import { eventually } from '../support/eventually.js';
import { runCommand } from '../support/program.js';
import { ServedProgram } from '../support/served-program.js';

interface Analysis {
  readonly agent_name: string;
  readonly status: string;
  readonly confidence: number | null;
  readonly details: { readonly absent?: readonly { readonly name: string; readonly reason: string }[] } | null;
}

interface Run {
  readonly id: string;
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly market_snapshot: {
    readonly market: string;
    readonly price: { readonly value: string; readonly source: string };
    readonly dxy: { readonly value: number } | null;
  } | null;
  readonly analyses: readonly Analysis[];
}

interface SystemState {
  readonly market: string;
  readonly apis: readonly {
    readonly api: string;
    readonly status: string;
    readonly last_failure: { readonly code: string } | null;
  }[];
  readonly sources: readonly {
    readonly tool: string;
    readonly source: string | null;
    readonly absent: readonly string[];
  }[];
}

/** With the outside world on this machine. */
describe('the program on the live market', () => {
  let world: OutsideWorld;
  let program: ServedProgram;
  let definition: number;

  beforeAll(async () => {
    world = await OutsideWorld.start();
    program = await ServedProgram.start((database) => world.connect(database), { MARKET_DATA: 'live' });
    ({ definition } = await program.addStrategy('multi_agent_btc_v1'));
  }, 120_000);

  afterAll(async () => {
    await program.close();
    world.stop();
  });

  beforeEach(() => world.reset());

  const call = <T>(method: string, path: string) => program.call<T>(method, path);
  const run = () => program.run<Run>(definition);
  /** How many instances came to a conviction in the run. */
  const decided = async ({ id }: Run): Promise<number> => {
    const [row] = await program.database.dataSource.query<{ count: number }[]>(
      `SELECT count(conviction_score)::integer AS count FROM strategy_executions WHERE run_id = $1`,
      [id],
    );
    return row!.count;
  };
  const analysis = (of: Run, agent: string): Analysis => of.analyses.find(({ agent_name }) => agent_name === agent)!;
  const stateOf = async (api: string): Promise<SystemState['apis'][number]> => {
    const { apis } = await call<SystemState>('GET', '/admin/system');
    return apis.find((one) => one.api === api)!;
  };

  it('goes on with less confidence while a source is down, and shows it', async () => {
    world.answer('mempool_space_api', DISTURBANCES['an error page with status 502']!);
    const partial = await run();
    expect(partial.status).toBe('completed');
    const onchain = analysis(partial, 'onchain');
    expect(onchain).toMatchObject({ status: 'success', confidence: expect.closeTo(0.95, 9) });
    expect(onchain.details!.absent).toEqual([{ name: 'fees_30d_change', reason: 'source_failed', weight: 0.05 }]);
    expect(analysis(partial, 'macro').confidence).toBe(1);
    expect(await decided(partial)).toBe(1);
    const { apis, sources } = await call<SystemState>('GET', '/admin/system');
    expect(apis.find(({ api }) => api === 'mempool_space_api')).toMatchObject({
      status: 'failing',
      last_failure: { code: 'server_error' },
    });
    expect(sources.find(({ tool }) => tool === 'get_fees')).toMatchObject({ source: null, absent: ['source_failed'] });
  });

  it('looks at all sources when it is back, decides, and shows where each value comes from', async () => {
    // The program's circuit breaker may leave the API alone for a moment yet.
    const whole = await eventually('a run with all sources', async () => {
      const next = await run();
      return analysis(next, 'onchain').confidence === 1 ? next : null;
    });
    expect(whole).toMatchObject({
      status: 'completed',
      market_snapshot: {
        market: 'live',
        price: { source: 'binance_api BTCUSDT' },
        dxy: { value: expect.closeTo(104.137, 2) },
      },
    });
    expect(Number(whole.market_snapshot!.price.value)).toBe(65_000);
    expect(whole.analyses.map(({ agent_name, status, confidence }) => [agent_name, status, confidence])).toEqual([
      ['macro', 'success', 1],
      ['onchain', 'success', 1],
      ['ta', 'success', 1],
    ]);
    expect(await decided(whole)).toBe(1);
    const { market, apis, sources } = await call<SystemState>('GET', '/admin/system');
    expect(market).toBe('live');
    expect(sources.find(({ tool }) => tool === 'get_vix')).toMatchObject({ source: 'fred_api VIXCLS', absent: [] });
    expect(sources.find(({ tool }) => tool === 'get_candles')).toMatchObject({
      source: expect.stringMatching(/^(binance_api BTCUSDT|hyperliquid_api BTC)$/),
    });
    // Hyperliquid is asked for the template that trades there.
    expect(apis.map(({ api, status }) => [api, status])).toEqual([
      ['alternative_me_api', 'ok'],
      ['binance_api', 'ok'],
      ['blockchain_info_api', 'ok'],
      ['fred_api', 'ok'],
      ['glassnode_api', 'ok'],
      ['hyperliquid_api', 'ok'],
      ['llm_api', 'not_asked'],
      ['mempool_space_api', 'ok'],
    ]);
  });

  it('decides nothing without a price, and goes on when the price is back', async () => {
    world.answer('binance_api', DISTURBANCES['a redirect']!);
    // A price that has just come is used for five seconds.
    const blind = await eventually('a run without a price', async () => {
      const next = await run();
      return next.status === 'failed' ? next : null;
    });
    expect(blind).toMatchObject({ error: { code: 'market_data_unavailable' }, market_snapshot: null, analyses: [] });
    expect(await decided(blind)).toBe(0);
    expect(await stateOf('binance_api')).toMatchObject({ status: 'failing', last_failure: { code: 'redirected' } });
    world.answer('binance_api');
    const back = await eventually('a run with a price', async () => {
      const next = await run();
      return next.market_snapshot ? next : null;
    });
    expect(await decided(back)).toBe(1);
    expect(await stateOf('binance_api')).toMatchObject({ status: 'ok' });
  });

  it('every source answers its probe, and one that does not is named', async () => {
    const good = await program.command('probe:live', []);
    expect(good.stdout).toMatch(/get_vix +│ fred_api +│ 17 /);
    expect([good.code, good.stderr]).toEqual([0, '']);
    expect(good.stdout.trim().split('\n').at(-1)).toMatch(/^└/);
    world.answer('glassnode_api', DISTURBANCES['a redirect']!);
    world.answer('hyperliquid_api', DISTURBANCES['an error page with status 200']!);
    world.answer('mempool_space_api', (_request, response) =>
      response.writeHead(403).end('<html>Request blocked</html>'),
    );
    const bad = await program.command('probe:live', []);
    expect(bad.stdout).toMatch(/get_mvrv +│ glassnode_api +│ .*│ redirected +│/);
    expect(bad.stdout).toContain('glassnode_api answers with a redirect (302).\n  so without: get_mvrv\n');
    expect(bad.stdout).toMatch(/get_fees +│ mempool_space_api +│ .*│ blocked +│/);
    expect(bad.stdout).toMatch(
      /mempool_space_api: a firewall .* Ask from another network.*\n {2}so without: get_fees\n/,
    );
    // Its tools fail so often that it is left alone: the reason is told all the same.
    expect(bad.stdout).toMatch(/hyperliquid_api: .*its answer is not JSON/);
    for (const line of bad.stdout.split('\n').filter((one) => one.startsWith('│')))
      expect(line.length).toBeLessThan(130);
    expect(bad.code).toBe(1);
  });

  it('its candles are downloaded into a file that passes the check', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'conclave-download-'));
    try {
      const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
      const market = ['--symbol', 'BTC/USDT', '--interval', '15m', '--from', day(21), '--to', day(2), '--out', folder];
      const loaded = await program.command('data:download', market);
      const found = /btcusdt_15m.csv: 1920 candles from .* 0 missing in 0 gaps, 0 duplicates, 0 impossible rows/;
      expect(loaded.stdout).toMatch(/^1920 candles added to /);
      expect(loaded.stdout).toMatch(found);
      expect(loaded.code).toBe(0);
      const checked = await runCommand('data:check', [folder], {});
      expect(checked.stdout).toMatch(found);
      expect([checked.code, checked.stderr]).toEqual([0, '']);
      appendFileSync(join(folder, 'btcusdt_15m.csv'), '0,1,1,1,1,1\n');
      expect((await runCommand('data:check', [folder], {})).code).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
