import { NamedCatalogue } from '../../domain/catalogue.js';
import { macroTools } from './macro-tools.js';
import type { MarketTool, SeriesTool, SeriesToolName } from './market-tool.js';
import { onchainTools } from './onchain-tools.js';
import { priceTools } from './price-tools.js';
import { sentimentTools } from './sentiment-tools.js';

const seriesTools: readonly SeriesTool[] = [...sentimentTools, ...macroTools, ...onchainTools];

const seriesToolsByName = new NamedCatalogue<SeriesTool>('series tool', seriesTools);

/** All tools. To add one, write the function, describe it next to it, and add it to a list above. */
export const MARKET_TOOLS = new NamedCatalogue<MarketTool>('tool', [...priceTools, ...seriesTools]);

/** Never throws for names that the type allows; a spec checks all of them. */
export function seriesTool(name: SeriesToolName): SeriesTool {
  return seriesToolsByName.get(name);
}

/** The name of the tool's function, `tool_function` in the registry. */
export function toolFunctionName(tool: MarketTool): string {
  return tool.run.name;
}
