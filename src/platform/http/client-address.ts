import { isIP, isIPv4 } from 'node:net';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Groups of an IPv6 address that name one customer's network (/64); the rest the customer chooses freely. */
const NETWORK_GROUPS = 4;

/**
 * Whom limits per address count: the IPv4 address, or the /64 network of an IPv6 address. It is the peer of the
 * connection, unless TRUST_PROXY says how many proxies stand in front.
 */
export function clientAddress(req: Request): string {
  // What a proxy wrote into X-Forwarded-For need not be an address.
  const address = req.ip !== undefined && isIP(req.ip) ? req.ip : (req.socket.remoteAddress ?? 'unknown');
  return networkOf(address);
}

/** `@ClientAddress() address: string`: see {@link clientAddress}. */
export const ClientAddress = createParamDecorator((_data: unknown, context: ExecutionContext): string =>
  clientAddress(context.switchToHttp().getRequest<Request>()),
);

/** `2001:db8:0:1::7` -> `2001:db8:0:1::/64`; an IPv4 address, also one mapped into IPv6, stays itself. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIPv4(address) || !isIP(address)) return address;
  const [bare = ''] = address.toLowerCase().split('%');
  const [head = '', tail] = bare.split('::');
  const groups = head === '' ? [] : head.split(':');
  // Groups after :: reach the network part only when few are left out; an embedded IPv4 part stands for two.
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - groups.length - after.length - (bare.includes('.') ? 1 : 0);
  const all = [...groups, ...(tail === undefined ? [] : Array<string>(missing).fill('0')), ...after];
  const network = all.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
