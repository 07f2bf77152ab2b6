import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction, BlockList } from 'node:net';
import { hostFault } from './base-url.js';

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BYTES = 1024 * 1024;

export interface GuardedRequest {
  /** Row of `api_config`. It decides which hosts are allowed: see base-url.ts. */
  readonly apiName: string;
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Deadline of the whole call: resolving, connecting, sending and reading. Default: 10 s. */
  readonly timeoutMs?: number;
  /** Largest answer, in bytes as sent; nothing is decompressed. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** `config.allowPrivateApiHosts`; true only in tests. */
  readonly allowPrivate: boolean;
  /** Resolves names; default: the system's resolver. For tests. */
  readonly resolver?: typeof resolve;
}

export interface GuardedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type OutgoingCallFault =
  | 'host_not_allowed' // protocol or host is not one of the API's
  | 'address_not_public' // the name resolves to an inner address
  | 'redirected' // the answer is a redirect, which is not followed
  | 'answer_too_large'
  | 'timed_out'
  | 'unreachable'; // the name, the connection or TLS failed, or the connection broke

/**
 * An outgoing call had no usable answer. The message holds neither headers nor the path, because both may carry a key.
 */
export class OutgoingCallFailed extends Error {
  constructor(
    readonly fault: OutgoingCallFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'OutgoingCallFailed';
  }
}

/**
 * Calls an outside API, and nothing else: https to one of its hosts, at a public address. Checks every address that the
 * name resolves to, and the address of the connected socket again before anything is sent. So neither a name that
 * points inwards nor one that changes between check and use gets through. Redirects are not followed.
 *
 * Any status below 300 or from 400 is an answer. Certificates are verified.
 *
 * @throws OutgoingCallFailed.
 */
export async function guardedFetch(request: GuardedRequest): Promise<GuardedAnswer> {
  // An address in the URL itself is not resolved, so the lookup below would not check it.
  const fault = hostFault(request.apiName, request.url, request.allowPrivate);
  if (fault !== null) throw new OutgoingCallFailed('host_not_allowed', fault);
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(request, signal);
    if (response.statusCode !== undefined && response.statusCode >= 300 && response.statusCode < 400) {
      response.destroy();
      throw new OutgoingCallFailed(
        'redirected',
        `${request.apiName} answers with a redirect (${response.statusCode}).`,
      );
    }
    const body = await read(response, request);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (cause) {
    if (cause instanceof OutgoingCallFailed) throw cause;
    if (signal.aborted) {
      throw new OutgoingCallFailed('timed_out', `${request.apiName} did not answer within ${timeoutMs} ms.`, { cause });
    }
    const { code } = cause as NodeJS.ErrnoException;
    throw new OutgoingCallFailed('unreachable', `${request.apiName} cannot be reached: ${code ?? 'no connection'}.`, {
      cause,
    });
  }
}

function send(request: GuardedRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method = 'GET', headers, body } = request;
  const options: RequestOptions = {
    method,
    headers: { 'accept-encoding': 'identity', ...headers },
    signal,
    // A new connection each time: one that was opened under other rules is never reused.
    agent: false,
    lookup: guardedLookup(request),
  };
  return new Promise((answered, failed) => {
    const sent = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    sent.on('error', failed);
    sent.on('response', answered);
    sent.on('socket', (socket) => {
      socket.once('connect', () => {
        const { remoteAddress } = socket;
        if (!mayConnectTo(request, remoteAddress)) sent.destroy(notPublic(request));
      });
    });
    sent.end(body);
  });
}

/** Refuses a name when one of its addresses is an inner one: a mixture is a way around the check. */
function guardedLookup(request: GuardedRequest): LookupFunction {
  const resolver = request.resolver ?? resolve;
  return (hostname, options, done) => {
    resolver(hostname, { ...options, all: true }, (error, found) => {
      const addresses: LookupAddress[] = error ? [] : found;
      const [first] = addresses;
      if (error || !first) return done(error ?? new Error('no address'), '', 0);
      if (!addresses.every(({ address }) => mayConnectTo(request, address))) return done(notPublic(request), '', 0);
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}

function mayConnectTo({ allowPrivate }: GuardedRequest, address: string | undefined): boolean {
  return address !== undefined && isIP(address) !== 0 && (allowPrivate || isPublicAddress(address));
}

function notPublic({ apiName, url }: GuardedRequest): OutgoingCallFailed {
  return new OutgoingCallFailed('address_not_public', `${apiName}: ${url.hostname} points to an inner address.`);
}

async function read(response: IncomingMessage, request: GuardedRequest): Promise<Buffer> {
  const maxBytes = request.maxBytes ?? DEFAULT_MAX_BYTES;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > maxBytes) {
      throw new OutgoingCallFailed('answer_too_large', `${request.apiName} answers with more than ${maxBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Ranges outside the public internet: https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6
 * counterpart. Metadata services of clouds are in link-local (169.254.169.254), shared (100.100.100.200) and unique
 * local (fd00:ec2::254) ranges; only Azure's has an address that looks public.
 */
const CLOSED_IPV4: readonly [string, number][] = [
  ['0.0.0.0', 8], // this host
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by carriers (CGNAT)
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // Azure's wire server
  ['169.254.0.0', 16], // link-local
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
];
/**
 * Exceptions in 2000::/3, the only part of IPv6 that is routed; mapped, translated, local and multicast addresses are
 * outside.
 */
const CLOSED_IPV6: readonly [string, number][] = [
  ['2001::', 23], // protocol assignments: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: carries an IPv4 address
  ['3fff::', 20], // documentation
];

const closedIpv4 = blockList(CLOSED_IPV4, 'ipv4');
const closedIpv6 = blockList(CLOSED_IPV6, 'ipv6');
const routedIpv6 = blockList([['2000::', 3]], 'ipv6');

/** Whether an address, as a socket or a resolver writes it, is on the public internet. False for other text. */
export function isPublicAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 4) return !closedIpv4.check(bare, 'ipv4');
  // IPv4-mapped addresses count as inner whatever they map: no public name has one.
  return family === 6 && routedIpv6.check(bare, 'ipv6') && !closedIpv6.check(bare, 'ipv6');
}

function blockList(ranges: readonly [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
