/** The outside APIs of tools and agents, with their published limits of requests per minute. */
export const APIS = [
  {
    api_name: 'binance_api',
    display_name: 'Binance',
    description: 'Spot candles, prices and orders.',
    base_url: 'https://api.binance.com',
    rate_limit: 1200,
  },
  {
    api_name: 'hyperliquid_api',
    display_name: 'Hyperliquid',
    description: 'Perpetual candles, prices, funding and orders.',
    base_url: 'https://api.hyperliquid.xyz',
    rate_limit: 1200,
  },
  {
    api_name: 'fred_api',
    display_name: 'FRED',
    description: 'Federal Reserve Bank of St. Louis: rates, yields, money supply, VIX, exchange rates.',
    base_url: 'https://api.stlouisfed.org',
    rate_limit: 120,
  },
  {
    api_name: 'alternative_me_api',
    display_name: 'Alternative.me',
    description: 'Crypto fear and greed index.',
    base_url: 'https://api.alternative.me',
    rate_limit: 60,
  },
  {
    api_name: 'blockchain_info_api',
    display_name: 'Blockchain.com',
    description: 'Bitcoin network statistics and charts.',
    base_url: 'https://api.blockchain.info',
    rate_limit: 300,
  },
  {
    api_name: 'mempool_space_api',
    display_name: 'mempool.space',
    description: 'Bitcoin fees, difficulty and hash rate.',
    base_url: 'https://mempool.space',
    rate_limit: 600,
  },
  {
    api_name: 'glassnode_api',
    display_name: 'Glassnode',
    description: 'On-chain metrics such as MVRV; needs a key.',
    base_url: 'https://api.glassnode.com',
    rate_limit: 100,
  },
  {
    api_name: 'llm_api',
    display_name: 'Language model',
    description: 'Any OpenAI-compatible provider, for agents in LLM mode; needs a key.',
    base_url: 'https://api.openai.com/v1',
    rate_limit: 60,
  },
] as const;
