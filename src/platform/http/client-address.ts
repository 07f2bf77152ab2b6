import { isIP, isIPv4 } from 'node:net';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Groups of an IPv6 address that identify one customer's network (/64); the customer chooses the rest freely. */
const NETWORK_GROUPS = 4;

/**
 * The address that limits count: the IPv4 address, or the /64 network of an IPv6 address. It is the peer of the
 * connection, unless TRUST_PROXY gives the number of proxies in front.
 */
export function clientAddress(req: Request): string {
  // X-Forwarded-For may hold something that is not an address.
  const address = req.ip !== undefined && isIP(req.ip) ? req.ip : (req.socket.remoteAddress ?? 'unknown');
  return networkOf(address);
}

export const ClientAddress = createParamDecorator((_data: unknown, context: ExecutionContext): string =>
  clientAddress(context.switchToHttp().getRequest<Request>()),
);

/** `2001:db8:0:1::7` -> `2001:db8:0:1::/64`. An IPv4 address stays as it is; one mapped into IPv6 becomes plain. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIPv4(address) || !isIP(address)) return address;
  const [bare = ''] = address.toLowerCase().split('%');
  const [head = '', tail] = bare.split('::');
  const groups = head === '' ? [] : head.split(':');
  // Groups after :: reach the network part only when few are left out; an embedded IPv4 part counts as two.
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - groups.length - after.length - (bare.includes('.') ? 1 : 0);
  const all = [...groups, ...(tail === undefined ? [] : Array<string>(missing).fill('0')), ...after];
  const network = all.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
