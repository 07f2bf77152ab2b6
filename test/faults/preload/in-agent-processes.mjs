import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Has the program start its processes of business agents with a module loaded first, too.
 * @param {string} url of the module
 * @param {Readonly<Record<string, string | undefined>>} env what the module needs to know there; the program itself passes
 *   nothing on
 */
export function loadInAgentProcesses(url, env) {
  const { fork } = childProcess;
  childProcess.fork = (file, args, options) =>
    fork(file, args, {
      ...options,
      execArgv: [...options.execArgv, '--import', url],
      env: { ...options.env, ...env },
    });
  syncBuiltinESMExports();
}
