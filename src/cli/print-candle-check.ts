import type { CandleFileCheck } from '../market-data/csv/check-candle-files.js';

/** So many of each kind are shown. */
const SHOWN = 10;

/** Whether `replay` takes the file: gaps are no fault of it. */
export function isUsable({ candles, duplicates, impossible }: CandleFileCheck): boolean {
  return candles > 0 && duplicates.length === 0 && impossible.length === 0;
}

/** One line for the file and one for each finding. */
export function checkText(check: CandleFileCheck): string {
  const { file, candles, span, gaps, duplicates, impossible } = check;
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const from = span ? ` from ${timeText(span.first)} to ${timeText(span.last)}` : '';
  const lines = [
    `${file}: ${candles} candles${from}, ${missing} missing in ${gaps.length} gaps, ${duplicates.length} duplicates, ${impossible.length} impossible rows`,
    ...some(gaps.map((gap) => `gap of ${gap.missing} from ${timeText(gap.from)}`)),
    ...some(duplicates),
    ...some(impossible),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function some(findings: readonly string[]): string[] {
  const shown = findings.slice(0, SHOWN).map((finding) => `  ${finding}`);
  return findings.length > SHOWN ? [...shown, `  and ${findings.length - SHOWN} more`] : shown;
}

function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
