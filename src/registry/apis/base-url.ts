import { isIP } from 'node:net';

/** Names that resolve only inside a network (RFC 6761, RFC 6762, RFC 8375, and those of clouds). */
const INNER_NAMES = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'test',
  'invalid',
  'onion',
];

/**
 * Checks the base URL of an API and returns its fault as a sentence, or null. It must be `https` on one of the API's
 * hosts, without user, query or fragment. Where any public host is allowed, bare addresses are refused in every
 * spelling (the URL parser turns `0x7f.1`, `2130706433` and `[::ffff:7f00:1]` into addresses), and so are names of an
 * inner network.
 *
 * This checks the text only. A public name can still point to an inner address: guardedFetch also checks the address
 * that the connection goes to.
 *
 * @param allowPrivate also accepts http, addresses and inner names; for tests with a local server.
 */
export function baseUrlFault(apiName: string, text: unknown, allowPrivate: boolean): string | null {
  if (typeof text !== 'string' || text.length > 500) return 'A base URL is text of at most 500 characters.';
  if (/[\s\\\p{Cc}]/u.test(text) || !URL.canParse(text)) return 'This is not a URL.';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'Leave user and password out of the URL.';
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) return 'Leave query and fragment out of the URL.';
  return hostFault(apiName, url, allowPrivate);
}

/** The same for protocol and host of a URL that an API is called at; see {@link baseUrlFault}. */
export function hostFault(apiName: string, url: URL, allowPrivate: boolean): string | null {
  const isPublic = isPublicName(url.hostname);
  if (allowPrivate && !isPublic) return ['http:', 'https:'].includes(url.protocol) ? null : 'Use http or https.';
  if (url.protocol !== 'https:') return 'Use https.';
  const hosts = allowedHostsOf(apiName);
  // With a trailing dot a name is the same host in the DNS but not in certificates, so it is not on the list.
  if (hosts !== 'any') return hosts.includes(url.hostname) ? null : `Use a host of this API: ${hosts.join(', ')}.`;
  return isPublic ? null : 'Use a public host name, no address and no name of an inner network.';
}

function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.+$/, '');
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return false;
  // The search list of the machine completes a single label such as `metadata`.
  if (!name.includes('.')) return false;
  return !INNER_NAMES.some((inner) => name === inner || name.endsWith(`.${inner}`));
}

/**
 * The hosts of each API: its own and the alternatives that its owner documents. Keys are sent there, so a new host
 * needs a change of the code, not of a row. `any` stands for every public host.
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

function allowedHostsOf(apiName: string): readonly string[] | 'any' {
  return Object.hasOwn(ALLOWED_HOSTS, apiName) ? (ALLOWED_HOSTS[apiName] ?? []) : [];
}
