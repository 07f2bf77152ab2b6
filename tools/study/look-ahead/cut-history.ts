import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const DAY_MS = 86_400_000;

/**
 * When the row of a date became known, written down here once more and not taken from the code that loads the files: a
 * mistake there must not be made here too.
 */
const KNOWN_AT: readonly { readonly file: RegExp; readonly knownAt: (firstCell: string) => number }[] = [
  { file: /_1h.*\.csv$/i, knownAt: (openTime) => Number(openTime) + 3_600_000 },
  { file: /_15m.*\.csv$/i, knownAt: (openTime) => Number(openTime) + 900_000 },
  { file: /^fear_greed_daily.*\.csv$/i, knownAt: (date) => Date.parse(date) },
  { file: /_monthly.*\.csv$/i, knownAt: firstOfNextMonth },
  { file: /_daily.*\.csv$/i, knownAt: (date) => Date.parse(date) + DAY_MS },
];

function firstOfNextMonth(date: string): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
}

/**
 * Copies a folder of history as it could have been written at a moment: without a row that became known later. A file of
 * a kind that is not known here is left out, so that whatever reads it is found out by its absence.
 */
export async function cutHistory(directory: string, at: Date, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const file of await readdir(directory)) {
    const kind = KNOWN_AT.find((candidate) => candidate.file.test(file));
    if (!kind) continue;
    const [header = '', ...rows] = (await readFile(join(directory, file), 'utf8')).trimEnd().split(/\r?\n/);
    const known = rows.filter((row) => kind.knownAt(row.slice(0, row.indexOf(','))) <= at.getTime());
    // A file without rows is refused by the loader, as it should be: nobody had it then.
    if (known.length > 0) await writeFile(join(target, file), `${[header, ...known].join('\n')}\n`);
  }
}
