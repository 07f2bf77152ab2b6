/**
 * Where each API may be: its own hosts and the alternatives that its owner documents. Keys are sent there, so a new
 * host is a change of the code, not of a row. `any` may be every public host.
 */
const ALLOWED_HOSTS: Readonly<Record<string, readonly string[] | 'any'>> = {
  binance_api: [
    'api.binance.com',
    'api-gcp.binance.com',
    'api1.binance.com',
    'api2.binance.com',
    'api3.binance.com',
    'api4.binance.com',
    'data-api.binance.vision',
    'testnet.binance.vision',
    'api.binance.us',
  ],
  hyperliquid_api: ['api.hyperliquid.xyz', 'api.hyperliquid-testnet.xyz'],
  fred_api: ['api.stlouisfed.org'],
  alternative_me_api: ['api.alternative.me'],
  blockchain_info_api: ['api.blockchain.info', 'blockchain.info'],
  mempool_space_api: ['mempool.space'],
  glassnode_api: ['api.glassnode.com'],
  // Any OpenAI-compatible provider.
  llm_api: 'any',
};

/** The hosts of an API; none for a name that is not known here. */
export function allowedHostsOf(apiName: string): readonly string[] | 'any' {
  return Object.hasOwn(ALLOWED_HOSTS, apiName) ? (ALLOWED_HOSTS[apiName] ?? []) : [];
}
