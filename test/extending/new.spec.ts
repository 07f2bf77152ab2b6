import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import { filesOfNew } from '../../src/cli/new.js';
import { ROOT } from '../support/eventually.js';

const read = (path: string): string | null =>
  existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : null;

/** The lines that a file gets, and nothing that it loses. */
function added(path: string, text: string): string[] {
  const before = (read(path) ?? '').split('\n');
  const after = text.split('\n');
  expect([path, before.filter((line) => !after.includes(line))]).toEqual([path, []]);
  return after.filter((line) => !before.includes(line)).map((line) => line.trim());
}

describe('conclave new', () => {
  // What docs/extending.md shows is compiled and passes its contracts under these names.
  it.each([
    ['business-agent', 'crowded-longs', 'src/business-agents/crowded-longs/crowded-longs-agent.ts'],
    ['decision-agent', 'OneScoreDecision', 'src/domain/decision/one-score/one-score-decision.ts'],
    ['channel', 'kraken_spot', 'src/trading/channels/kraken-spot.ts'],
  ])('writes the %s of the document, and its spec', (kind, name, path) => {
    const files = filesOfNew([kind, name], read);
    for (const written of [path, path.replace('.ts', '.spec.ts')]) {
      expect(read('docs/extending.md')).toContain(`\`${written}\`:\n\n\`\`\`ts\n${files.get(written)!}\`\`\`\n`);
    }
  });

  it.each([
    [
      'business-agent',
      'money-supply',
      {
        'src/business-agents/business-agents.catalogue.ts': [
          "import { MoneySupplyAgent } from './money-supply/money-supply-agent.js';",
          'MoneySupplyAgent,',
        ],
        'web/src/i18n/zh/common.ts': ["money_supply: '待译：Money supply',"],
        'web/src/i18n/zh/market.ts': ["money_supply: '待译：Money supply',"],
        'web/src/i18n/zh/seeded.ts': [
          "money_supply: '待译：Money supply',",
          "money_supply: '待译：Says whether longs or shorts are crowded.',",
        ],
      },
    ],
    [
      'decision-agent',
      'ConvictionDcaDecision',
      {
        'src/decision-agents/decision-agent-list.ts': [
          "import { ConvictionDcaDecision } from '../domain/decision/conviction-dca/conviction-dca-decision.js';",
          'new ConvictionDcaDecision(),',
        ],
        'web/src/i18n/zh/params.ts': [
          "size: '待译：Size',",
          "sell_below: '待译：Sell below',",
          "buy_from: '待译：Buy from',",
          "size: '待译：Fraction of total value that it buys.',",
          "sell_below: '待译：Conviction below which it sells everything.',",
          "buy_from: '待译：Conviction from which it buys.',",
        ],
      },
    ],
    [
      'channel',
      'coinbase-spot',
      {
        'src/trading/channels/channel-list.ts': ["import { coinbaseSpot } from './coinbase-spot.js';"],
        'web/src/i18n/zh/common.ts': ["coinbase_spot: '待译：Coinbase spot',"],
      },
    ],
  ])('adds a %s to the list, and stubs of its words', (kind, name, expected) => {
    const files = filesOfNew([kind, name], read);
    for (const [path, text] of files) {
      expect(() => parseSync(text, { syntax: 'typescript' })).not.toThrow();
      expect(text).not.toMatch(/crowded.?longs|one.?score|kraken/i);
      if (path.endsWith('channel-list.ts')) expect(text).toContain('[binanceSpot, hyperliquidPerp, coinbaseSpot];');
    }
    const changed = [...files].filter(([path]) => read(path) !== null && !path.endsWith('channel-list.ts'));
    const lines = Object.fromEntries(changed.map(([path, text]) => [path, added(path, text)]));
    expect(lines).toEqual(
      Object.fromEntries(Object.entries(expected).filter(([path]) => !path.endsWith('channel-list.ts'))),
    );
  });

  it.each([
    [[], /^Usage: new business-agent\|decision-agent\|channel NAME$/],
    [['tool', 'x'], /^Usage/],
    [['channel', 'x', 'y'], /^Usage/],
    [['channel'], /^A name is words/],
    [['channel', '../x'], /^A name is words/],
    [['channel', '1inch'], /^A name is words/],
    [['channel', 'binance-spot'], /^src\/trading\/channels\/binance-spot.ts is there already\.$/],
    [['business-agent', 'macro'], /is there already/],
    [['decision-agent', 'MomentumRegime'], /is there already/],
  ])('refuses %j', (args, message) => {
    expect(() => filesOfNew(args, read)).toThrow(message);
  });
});
