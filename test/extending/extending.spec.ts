import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { NamedCatalogue } from '../../src/domain/catalogue.js';
import { TRADE_CHANNEL_LIST } from '../../src/trading/channels/channel-list.js';
import { ROOT } from '../support/eventually.js';
import { ChannelsController } from './channels.controller.js';

const document = readFileSync(join(ROOT, 'docs', 'extending.md'), 'utf8');

/** What is shown is what runs here, where it would be added: file here, file there, what is called otherwise there. */
const SHOWN: readonly (readonly [here: string, there: string, ...renamed: (readonly [string, string])[]])[] = [
  [
    'crowded-longs-agent.ts',
    'src/business-agents/crowded-longs/crowded-longs-agent.ts',
    [`'../../src/business-agents/`, `'../`],
    [`'../test/extending/`, `'business-agents/crowded-longs/`],
  ],
  [
    'crowded-longs-agent.spec.ts',
    'src/business-agents/crowded-longs/crowded-longs-agent.spec.ts',
    [`'../support/`, `'../../../test/support/`],
    [`'../../src/market-data/`, `'../../market-data/`],
  ],
  [
    'one-score-decision.ts',
    'src/domain/decision/one-score/one-score-decision.ts',
    [`'../../src/domain/decision/`, `'../`],
  ],
  [
    'one-score-decision.spec.ts',
    'src/domain/decision/one-score/one-score-decision.spec.ts',
    [`'../support/`, `'../../../../test/support/`],
  ],
  [
    'kraken-spot.ts',
    'src/trading/channels/kraken-spot.ts',
    [`'../../src/domain/`, `'../../domain/`],
    [`'../../src/trading/channels/`, `'./`],
  ],
  ['kraken-spot.spec.ts', 'src/trading/channels/kraken-spot.spec.ts', [`'../support/`, `'../../../test/support/`]],
  [
    'channels.controller.ts',
    'src/trading/channels.controller.ts',
    [`'../../src/trading/`, `'./`],
    [`'../../src/`, `'../`],
  ],
];

describe('docs/extending.md', () => {
  it.each(SHOWN)('shows %s, which runs here', (here, there, ...renamed) => {
    let source = readFileSync(join(ROOT, 'test', 'extending', here), 'utf8').trim();
    for (const [from, to] of renamed) source = source.replaceAll(from, to);
    expect(document).toContain(`\`${there}\`:\n\n\`\`\`ts\n${source}\n\`\`\`\n`);
  });

  it('shows no other code', () => {
    expect(document.match(/```ts\n/g)).toHaveLength(SHOWN.length);
  });

  it('names only files that there are, and those of its examples', () => {
    const examples = new Set([...SHOWN.map(([, there]) => there), 'src/market-data/live/exchanges/kraken-spot.ts']);
    const named = [...document.matchAll(/`((?:src|test|seeds|web|docs)\/[\w./-]+)`/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !examples.has(path) && !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('shows an endpoint that answers', () => {
    const [first] = TRADE_CHANNEL_LIST;
    const controller = new ChannelsController(new NamedCatalogue('trade channel', TRADE_CHANNEL_LIST));
    expect(controller.list()).toMatchObject({
      total: TRADE_CHANNEL_LIST.length,
      items: expect.arrayContaining([{ name: first!.name, symbols: first!.symbols }]),
    });
  });
});
