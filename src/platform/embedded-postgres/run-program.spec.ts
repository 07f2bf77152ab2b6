import { describe, expect, it } from '@jest/globals';
import { runProgram } from './run-program.js';

describe('a program of PostgreSQL', () => {
  it('returns its output', async () => {
    expect(await runProgram('/bin/sh', ['-c', 'echo all is well'], null)).toBe('all is well\n');
  });

  it('does not wait for a process that it leaves behind with its output open', async () => {
    const left = await runProgram('/bin/sh', ['-c', 'echo ready; sleep 600 & echo $!'], null);
    expect(left).toMatch(/^ready\n\d+\n$/);
    // Throws when that process has ended.
    process.kill(Number(left.split('\n')[1]), 'SIGKILL');
  });

  it.each([
    ['exit 3', '/bin/sh ended with code 3: no room'],
    ['kill -TERM $$', '/bin/sh ended by SIGTERM: no room'],
  ])('reports how it ended after %j, and its output', async (end, message) => {
    await expect(runProgram('/bin/sh', ['-c', `echo no room; ${end}`], null)).rejects.toThrow(message);
  });
});
