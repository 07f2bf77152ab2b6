import { describe, expect, it } from '@jest/globals';
import { readDownloadArguments } from './download-arguments.js';

const GOOD = ['--symbol', 'btc/usdt', '--interval', '1h', '--from', '2024-01-01', '--to', '2024-01-31'];
const but = (name: string, value: string): string[] =>
  GOOD.map((word, index) => (GOOD[index - 1] === name ? value : word));

describe('the arguments of data:download', () => {
  it('hold market, interval and days, the last day included', () => {
    expect(readDownloadArguments(GOOD)).toEqual({
      base: 'BTC',
      quote: 'USDT',
      interval: '1h',
      from: new Date('2024-01-01'),
      to: new Date('2024-02-01'),
      directory: 'data',
    });
    expect(readDownloadArguments([...GOOD, '--out', '/tmp/x']).directory).toBe('/tmp/x');
  });

  it.each([
    [but('--symbol', 'BTCUSDT'), 'such as BTC/USDT'],
    [but('--symbol', 'BTC/EUR'), 'such as BTC/USDT'],
    [but('--symbol', '../X/USDT'), 'such as BTC/USDT'],
    [but('--interval', '4h'), '15m or 1h'],
    [but('--from', '2024-02-30'), '--from must be a day'],
    [but('--from', '2024-02-02'), '--from must be before --to'],
    [GOOD.slice(2), 'such as BTC/USDT'],
    [[...GOOD, '--speed', '9'], 'speed'],
    [[...GOOD, 'more'], 'more'],
  ])('%j are refused with the usage', (args, words) => {
    expect(() => readDownloadArguments(args)).toThrow(words);
    expect(() => readDownloadArguments(args)).toThrow('Usage: npm run conclave -- data:download');
  });
});
