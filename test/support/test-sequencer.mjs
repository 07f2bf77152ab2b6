import TestSequencer from '@jest/test-sequencer';

/** Minutes long and short as a file. Where jest has no times of an earlier run, as in CI, it goes by size: last. */
const LONGEST = /[\\/]test[\\/]console[\\/]browser[\\/]/;

/** The tests in a browser first, then as jest does: what failed last time, what took longest, what is largest. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLongest = ({ path }) => LONGEST.test(path);
    return [...sorted.filter(isLongest), ...sorted.filter((test) => !isLongest(test))];
  }
}
