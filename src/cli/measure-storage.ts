import type { StorageArguments } from '../../tools/bench/storage/storage-arguments.js';
import { measureStorage } from '../../tools/bench/storage/measure-storage.js';
import { storageText } from '../../tools/bench/storage/storage-text.js';

/** `conclave storage:measure`: bytes a row of what runs write, on a throw-away database. */
export async function run(args: StorageArguments): Promise<void> {
  const report = await measureStorage(args, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(args.json ? `${JSON.stringify(report, null, 2)}\n` : storageText(report));
}
