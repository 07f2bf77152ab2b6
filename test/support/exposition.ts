/** A sample of Prometheus' text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric and its samples, those of a histogram with `_bucket`, `_sum` and `_count`. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"`;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)?\\})? (\\S+)$`);
const VALUE = /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[+-]Inf|NaN)$/i;

/**
 * Reads Prometheus' text format 0.0.4 as strictly as its own checker: HELP, then TYPE, then the samples of each metric in
 * one piece; no series twice; histograms whose buckets add up.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 * @throws Error naming the line that is wrong.
 */
export function readExposition(text: string): Family[] {
  if (!text.endsWith('\n')) throw new Error('The last line must end with a line feed.');
  const families: { name: string; help: string; type: string; samples: Sample[] }[] = [];
  const series = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, keyword, name, rest] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    const current = families.at(-1);
    if (keyword === 'HELP') {
      if (families.some((family) => family.name === name)) throw new Error(`Twice: ${line}`);
      families.push({ name: name!, help: rest!, type: '', samples: [] });
    } else if (keyword === 'TYPE') {
      if (!current || current.name !== name || current.type !== '') throw new Error(`Not after its HELP: ${line}`);
      if (!['counter', 'gauge', 'histogram', 'summary'].includes(rest!)) throw new Error(`No type: ${line}`);
      current.type = rest!;
    } else {
      const sample = readSample(line);
      if (!current || !namesOf(current).includes(sample.name)) throw new Error(`Of another metric: ${line}`);
      const key = line.slice(0, line.lastIndexOf(' '));
      if (series.has(key)) throw new Error(`A series twice: ${line}`);
      series.add(key);
      current.samples.push(sample);
    }
  }
  families.filter(({ type }) => type === 'histogram').forEach(checkHistogram);
  return families;
}

function readSample(line: string): Sample {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined || value === undefined || !VALUE.test(value)) throw new Error(`Not a sample: ${line}`);
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key!, text!] as const);
  const numeric = Number(value.replace(/^([+-]?)Inf$/i, '$1Infinity'));
  return { name, labels: Object.fromEntries(pairs), value: numeric };
}

function namesOf({ name, type }: { name: string; type: string }): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}

function checkHistogram({ name, samples }: Family): void {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _, ...others } = sample.labels;
    const key = JSON.stringify(others);
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  for (const [key, group] of groups) {
    const buckets = group.filter((sample) => sample.name === `${name}_bucket`);
    const counts = buckets.map(({ value }) => value);
    const rising = counts.every((count, index) => index === 0 || count >= counts[index - 1]!);
    const total = group.find((sample) => sample.name === `${name}_count`)?.value;
    const complete = buckets.at(-1)?.labels['le'] === '+Inf' && buckets.at(-1)?.value === total;
    const sum = group.some((sample) => sample.name === `${name}_sum`);
    if (!rising || !complete || !sum) throw new Error(`The histogram ${name}${key} does not add up.`);
  }
}
