import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import { filesOfNew } from '../../src/cli/new.js';
import { ROOT } from '../support/eventually.js';

const read = (path: string): string | null =>
  existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : null;

/** Lists and words as they may look, so that the next agent in the repository changes no expectation here. */
const SHORT: Readonly<Record<string, string>> = {
  'src/business-agents/business-agents.catalogue.ts': `import { NamedCatalogue } from '../domain/catalogue.js';
import { TaAgent } from './ta/ta-agent.js';

const BUSINESS_AGENT_CLASSES: readonly (new () => BusinessAgent)[] = [
  TaAgent,
];
`,
  'src/decision-agents/decision-agent-list.ts': `import type { DecisionAgent } from '../domain/decision/decision-agent.js';

export const DECISION_AGENT_LIST: readonly DecisionAgent[] = [new OtherDecision()];
`,
  'src/trading/channels/channel-list.ts': `import { longNameOfAChannelThatTakesMuchRoom } from './long.js';

export const TRADE_CHANNEL_LIST: readonly TradeChannel[] = [longNameOfAChannelThatTakesMuchRoom, otherChannel];
`,
  'web/src/i18n/zh/common.ts':
    "export const common = {\n  agent: {\n    ta: '技术面',\n  },\n  channel: {\n    other: '其他',\n  },\n};\n",
  'web/src/i18n/zh/market.ts': "export const market = {\n  factor: {\n    vix: 'VIX',\n  },\n};\n",
  'web/src/i18n/zh/seeded.ts':
    "export const seeded = {\n  agentName: {\n    ta: '侦察员',\n  },\n  agentText: {\n    ta: '分析。',\n  },\n};\n",
  'web/src/i18n/zh/params.ts':
    "export const params: typeof enParams = {\n  size: '大小',\n};\n\nexport const paramHelp: typeof enParamHelp = {\n  size: '总价值的比例。',\n};\n",
};
const readShort = (path: string): string | null => SHORT[path] ?? (path === 'docs/extending.md' ? read(path) : null);

describe('conclave new', () => {
  // What docs/extending.md shows is compiled and passes its contracts under these names.
  it.each([
    ['business-agent', 'crowded-longs', 'src/business-agents/crowded-longs/crowded-longs-agent.ts'],
    ['decision-agent', 'OneScoreDecision', 'src/domain/decision/one-score/one-score-decision.ts'],
    ['channel', 'kraken_spot', 'src/trading/channels/kraken-spot.ts'],
  ])('writes the %s of the document, and its spec', (kind, name, path) => {
    const files = filesOfNew([kind, name], readShort);
    for (const written of [path, path.replace('.ts', '.spec.ts')]) {
      expect(read('docs/extending.md')).toContain(`\`${written}\`:\n\n\`\`\`ts\n${files.get(written)!}\`\`\`\n`);
    }
  });

  it('adds a business agent to the list, and stubs of its words', () => {
    const files = filesOfNew(['business-agent', 'money-supply'], readShort);
    expect(files.get('src/business-agents/business-agents.catalogue.ts')).toBe(
      `import { NamedCatalogue } from '../domain/catalogue.js';
import { TaAgent } from './ta/ta-agent.js';
import { MoneySupplyAgent } from './money-supply/money-supply-agent.js';

const BUSINESS_AGENT_CLASSES: readonly (new () => BusinessAgent)[] = [TaAgent, MoneySupplyAgent];
`,
    );
    expect(files.get('web/src/i18n/zh/common.ts')).toContain(
      "  agent: {\n    money_supply: '待译：Money supply',\n    ta: '技术面',\n  },\n",
    );
    expect(files.get('web/src/i18n/zh/market.ts')).toContain("  factor: {\n    money_supply: '待译：Money supply',\n");
    expect(files.get('web/src/i18n/zh/seeded.ts')).toContain(
      "  agentName: {\n    money_supply: '待译：Money supply',\n",
    );
    expect(files.get('web/src/i18n/zh/seeded.ts')).toContain(
      "  agentText: {\n    money_supply: '待译：Says whether longs or shorts are crowded.',\n",
    );
  });

  it('adds a decision agent to the list, and stubs of those words that are not there', () => {
    const files = filesOfNew(['decision-agent', 'ConvictionDcaDecision'], readShort);
    expect(files.get('src/decision-agents/decision-agent-list.ts')).toBe(
      `import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import { ConvictionDcaDecision } from '../domain/decision/conviction-dca/conviction-dca-decision.js';

export const DECISION_AGENT_LIST: readonly DecisionAgent[] = [new OtherDecision(), new ConvictionDcaDecision()];
`,
    );
    expect(files.get('web/src/i18n/zh/params.ts')).toBe(
      `export const params: typeof enParams = {
  sell_below: '待译：Sell below',
  buy_from: '待译：Buy from',
  size: '大小',
};

export const paramHelp: typeof enParamHelp = {
  sell_below: '待译：Conviction below which it sells everything.',
  buy_from: '待译：Conviction from which it buys.',
  size: '总价值的比例。',
};
`,
    );
  });

  it('adds a channel to the list, and a stub of its word', () => {
    const files = filesOfNew(['channel', 'coinbase-spot'], readShort);
    expect(files.get('src/trading/channels/channel-list.ts')).toBe(
      `import { longNameOfAChannelThatTakesMuchRoom } from './long.js';
import { coinbaseSpot } from './coinbase-spot.js';

export const TRADE_CHANNEL_LIST: readonly TradeChannel[] = [
  longNameOfAChannelThatTakesMuchRoom,
  otherChannel,
  coinbaseSpot,
];
`,
    );
    expect(files.get('web/src/i18n/zh/common.ts')).toContain(
      "  channel: {\n    coinbase_spot: '待译：Coinbase spot',\n",
    );
  });

  it.each(['business-agent', 'decision-agent', 'channel'])('finds its places in the repository for a %s', (kind) => {
    const files = filesOfNew([kind, 'brand-new'], read);
    expect(files.size).toBeGreaterThan(3);
    for (const [path, text] of files) {
      expect(() => parseSync(text, { syntax: 'typescript' })).not.toThrow();
      expect([path, text.match(/crowded.?longs|one.?score|kraken/i)]).toEqual([path, null]);
      // Nothing is lost but the end of a list that goes on.
      const after = text.replaceAll(/\s/g, '');
      const lost = (read(path) ?? '').split('\n').filter((line) => !after.includes(line.replaceAll(/\s|\];/g, '')));
      expect([path, lost]).toEqual([path, []]);
    }
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
