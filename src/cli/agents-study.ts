import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { loadCsvSource } from '../market-data/csv/csv-source.js';
import { CsvDataError } from '../market-data/csv/csv-table.js';
import { StartError } from '../platform/config/start-error.js';
import { checkLookAhead } from '../../tools/study/look-ahead/look-ahead-check.js';
import { makeReport } from '../../tools/study/report/make-report.js';
import { studyPage } from '../../tools/study/report/page/study-page.js';
import { studyText } from '../../tools/study/report/print-study.js';
import type { StudyArguments } from '../../tools/study/study-arguments.js';
import { refuseOutsideHistory, sampleHistory } from '../../tools/study/sample-history.js';

const SYMBOL = 'BTC';

/**
 * `conclave agents:study`: compares the scores of the business agents over real history with the returns that followed.
 * Exit code 1 when an output depended on later data.
 */
export async function run(args: StudyArguments): Promise<void> {
  try {
    await study(args);
  } catch (error) {
    if (error instanceof CsvDataError) throw new StartError(error.message, 2);
    throw error;
  }
}

async function study(args: StudyArguments): Promise<void> {
  const source = await loadCsvSource(args.data);
  refuseOutsideHistory(source.spans(), SYMBOL, args);
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage}% {value}/{total} samples, {eta_formatted} left',
  });
  const seen = await sampleHistory(source, SYMBOL, args, {
    start: (samples) => bar.start(samples, 0),
    sample: () => bar.increment(),
  }).finally(() => bar.stop());
  const lookAhead = await checkLookAhead(loadCsvSource, args.data, SYMBOL, seen.times);
  const report = makeReport(args, SYMBOL, seen, lookAhead);
  await mkdir(args.out, { recursive: true });
  const page = join(args.out, 'agents-study.html');
  await writeFile(page, studyPage(report, seen));
  await writeFile(join(args.out, 'agents-study.json'), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(args.json ? `${JSON.stringify(report, null, 2)}\n` : `${studyText(report)}page: ${page}\n`);
  if (lookAhead.differences.length > 0) process.exitCode = 1;
}
