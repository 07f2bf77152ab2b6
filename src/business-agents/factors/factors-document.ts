import { maxCandleAgeMs, maxPriceAgeMs, maxSeriesAgeMs } from '../../market-data/freshness.js';
import { CANDLE_INTERVAL_MS } from '../../market-data/market-data-source.js';
import type { MarketTool, ToolName } from '../../market-data/tools/market-tool.js';
import { MARKET_TOOLS } from '../../market-data/tools/market-tools.js';
import type { BusinessAgent } from '../business-agent.js';
import type { FactorDefinition, Anchors } from './factor-definition.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A source with daily values and a ticker. A monthly series may be a month older. */
const TRAITS = { priceFrom: 'ticker', monthlySeries: [] } as const;

const INTRODUCTION = `# Factors of the business agents

Generated from the code by \`npm run conclave -- docs:factors\`; \`npm test\` fails when the two differ. Edit the code, not this file.

- **score** = 100 × sum(normalised × weight) / sum(weights present), -100 to 100; BULLISH above 20, BEARISH below -20.
- **confidence** = weights present / all weights. Below 0.2 there is no analysis, and the agent is \`unavailable\`.
- **normalisation**: raw value → -1 (bearish) to 1 (bullish), linear between the points, constant beyond the outer ones.
- **oldest**: the greatest age of a value. An older value is absent, and so is a value that its source, tool or API does not deliver.
  An absent factor lowers the confidence and is never replaced by another value. A monthly series may be 31 days older.
- A value that became known after the time of the run aborts the analysis, because its source is defective.
`;

const HEAD = ['agent', 'factor', 'what it is', 'unit', 'source', 'oldest', 'normalisation', 'weight'] as const;

/** The whole of docs/factors.md: one table for all agents, in the order of the catalogue. */
export function factorsDocument(agents: readonly BusinessAgent[]): string {
  const rows = agents.flatMap((agent) => agent.factors.map((factor) => rowOf(agent, factor)));
  return `${INTRODUCTION}\n${markdownTable(HEAD, rows)}`;
}

function rowOf(agent: BusinessAgent, factor: FactorDefinition): string[] {
  const tool = MARKET_TOOLS.get(factor.tool);
  return [
    `\`${agent.name}\``,
    `\`${factor.name}\``,
    factor.description,
    factor.unit,
    sourceOf(factor.tool, tool),
    oldestOf(tool),
    anchorsText(factor.normalisation),
    String(factor.weight),
  ];
}

function sourceOf(name: ToolName, { requiredApis }: MarketTool): string {
  return `\`${name}\` (${requiredApis.map((api) => `\`${api}\``).join(', ')})`;
}

function oldestOf(tool: MarketTool): string {
  if (tool.kind === 'candles') return `${maxCandleAgeMs('1h') / CANDLE_INTERVAL_MS['1h']} candles`;
  const age = tool.kind === 'price' ? maxPriceAgeMs(TRAITS) : maxSeriesAgeMs(tool.series, TRAITS);
  return age > 2 * DAY_MS ? `${age / DAY_MS} d` : `${age / HOUR_MS} h`;
}

function anchorsText(anchors: Anchors): string {
  return anchors.map(([value, normalised]) => `${value} → ${normalised}`).join('; ');
}

/** Columns are padded to their widest cell, as the formatter does. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const [first, ...body] = lines.map((line) => tableLine(line.map((cell, column) => cell.padEnd(widths[column]!))));
  return `${[first, tableLine(widths.map((width) => '-'.repeat(width))), ...body].join('\n')}\n`;
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
