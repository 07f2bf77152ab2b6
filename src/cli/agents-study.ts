import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { loadReplaySource } from '../market-data/replay/load-replay-source.js';
import { ReplayDataError } from '../market-data/replay/replay-data-error.js';
import { StartError } from '../platform/config/start-error.js';
import { checkLookAhead } from '../study/look-ahead/look-ahead-check.js';
import { makeReport } from '../study/report/make-report.js';
import { studyPage } from '../study/report/page/study-page.js';
import { studyText } from '../study/report/print-study.js';
import type { StudyArguments } from '../study/study-arguments.js';
import { refuseOutsideHistory, walk } from '../study/walk.js';

const SYMBOL = 'BTC';

/**
 * `conclave agents:study`: what the business agents would have said over real history and what the price did afterwards.
 * Ends with 1 when an output knew something of the future.
 */
export async function run(args: StudyArguments): Promise<void> {
  try {
    await study(args);
  } catch (error) {
    if (error instanceof ReplayDataError) throw new StartError(error.message, 2);
    throw error;
  }
}

async function study(args: StudyArguments): Promise<void> {
  const source = await loadReplaySource(args.data);
  refuseOutsideHistory(source.spans(), SYMBOL, args);
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage}% {value}/{total} looks, {eta_formatted} left',
  });
  const seen = await walk(source, SYMBOL, args, {
    start: (looks) => bar.start(looks, 0),
    look: () => bar.increment(),
  }).finally(() => bar.stop());
  const lookAhead = await checkLookAhead(loadReplaySource, args.data, SYMBOL, seen.times);
  const report = makeReport(args, SYMBOL, seen, lookAhead);
  await mkdir(args.out, { recursive: true });
  const page = join(args.out, 'agents-study.html');
  await writeFile(page, studyPage(report, seen));
  await writeFile(join(args.out, 'agents-study.json'), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(args.json ? `${JSON.stringify(report, null, 2)}\n` : `${studyText(report)}page: ${page}\n`);
  if (lookAhead.differences.length > 0) process.exitCode = 1;
}
