/** After the tests: the ten slowest files, the seconds by kind, and the largest worker, so that growth is seen. */
import { relative } from 'node:path';
import { KINDS, kindOf } from '../../../scripts/test-kinds.mjs';

const SLOWEST = 10;

export default class SummaryReporter {
  files = [];
  largestWorkerMb = 0;

  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onTestResult({ path }, { perfStats, testResults, largestWorkerMb = 0 }) {
    const file = relative(this.rootDir, path);
    this.files.push({ file, kind: kindOf(file), seconds: perfStats.runtime / 1000, tests: testResults.length });
    this.largestWorkerMb = Math.max(this.largestWorkerMb, largestWorkerMb);
  }

  onRunComplete() {
    if (this.files.length === 0) return;
    const slowest = this.files.toSorted((one, other) => other.seconds - one.seconds).slice(0, SLOWEST);
    const lines = ['', 'slowest files', ...slowest.map(({ file, kind, seconds }) => row(seconds, `${file} (${kind})`))];
    lines.push('seconds by kind, added up over the workers');
    for (const kind of KINDS) {
      const files = this.files.filter((file) => file.kind === kind);
      if (files.length > 0)
        lines.push(row(sum(files, 'seconds'), `${kind}: ${sum(files, 'tests')} tests in ${files.length} files`));
    }
    lines.push(`largest worker ${this.largestWorkerMb} MB`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

function row(seconds, text) {
  return `${seconds.toFixed(1).padStart(8)} s  ${text}`;
}

function sum(files, key) {
  return files.reduce((total, file) => total + file[key], 0);
}
