import { describe, expect, it } from '@jest/globals';
import { readExposition } from './exposition.js';

const HISTOGRAM = '# HELP h x\n# TYPE h histogram\n';

describe('the reader of the exposition format', () => {
  it('reads names, labels and values', () => {
    const text = `# HELP a What it is\n# TYPE a gauge\na{x="1",y="a\\"b"} 2.5e-7\n# HELP b B\n# TYPE b counter\nb +Inf\n`;
    expect(readExposition(text)).toEqual([
      {
        name: 'a',
        help: 'What it is',
        type: 'gauge',
        samples: [{ name: 'a', labels: { x: '1', y: 'a\\"b' }, value: 2.5e-7 }],
      },
      { name: 'b', help: 'B', type: 'counter', samples: [{ name: 'b', labels: {}, value: Infinity }] },
    ]);
  });

  it.each([
    ['without a last line feed', '# HELP a x\n# TYPE a gauge\na 1'],
    ['without HELP', '# TYPE a gauge\na 1\n'],
    ['with a metric twice', '# HELP a x\n# TYPE a gauge\n# HELP a x\n# TYPE a gauge\n'],
    ['with a series twice', '# HELP a x\n# TYPE a gauge\na 1\na 2\n'],
    ['with a sample of another metric', '# HELP a x\n# TYPE a gauge\nb 1\n'],
    ['with an unescaped label', '# HELP a x\n# TYPE a gauge\na{b="c"d"} 1\n'],
    ['with a word as value', '# HELP a x\n# TYPE a gauge\na one\n'],
    ['with falling buckets', `${HISTOGRAM}h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n`],
    ['with a histogram without +Inf', `${HISTOGRAM}h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n`],
  ])('refuses a text %s', (_, text) => {
    expect(() => readExposition(text)).toThrow(Error);
  });
});
