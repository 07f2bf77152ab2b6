import { NamedCatalogue } from '../../domain/catalogue.js';
import { macroTools } from './macro-tools.js';
import type { MarketTool, SeriesTool, SeriesToolName } from './market-tool.js';
import { onchainTools } from './onchain-tools.js';
import { priceTools } from './price-tools.js';
import { sentimentTools } from './sentiment-tools.js';

const seriesTools: readonly SeriesTool[] = [...sentimentTools, ...macroTools, ...onchainTools];

const seriesToolsByName = new NamedCatalogue<SeriesTool>('series tool', seriesTools);

/** Every tool there is. To add one: write the function, describe it beside itself, add it to a list above. */
export const MARKET_TOOLS = new NamedCatalogue<MarketTool>('tool', [...priceTools, ...seriesTools]);

/** Never fails for a name that the type allows; a spec walks all of them. */
export function seriesTool(name: SeriesToolName): SeriesTool {
  return seriesToolsByName.get(name);
}

/** Name of the tool's function as the registry shows it (`tool_function`). */
export function toolFunctionName(tool: MarketTool): string {
  return tool.run.name;
}
