import { BlockList, isIP } from 'node:net';

/**
 * What is not the public internet: https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 sister.
 * Metadata services of clouds stand in link-local (169.254.169.254), shared (100.100.100.200) and unique local
 * (fd00:ec2::254) ranges; Azure's alone has an address that looks public.
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
/** Of 2000::/3, the only part of IPv6 that is routed; mapped, translated, local and multicast ones lie outside. */
const CLOSED_IPV6: readonly [string, number][] = [
  ['2001::', 23], // protocol assignments: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: carries an IPv4 address
  ['3fff::', 20], // documentation
];

const closedIpv4 = blockList(CLOSED_IPV4, 'ipv4');
const closedIpv6 = blockList(CLOSED_IPV6, 'ipv6');
const routedIpv6 = blockList([['2000::', 3]], 'ipv6');

/** Whether an address, as a socket or a resolver writes it, is one of the public internet. Text that is none is not. */
export function isPublicAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 4) return !closedIpv4.check(bare, 'ipv4');
  // IPv4-mapped ones count as inner whatever they map: no public name has one.
  return family === 6 && routedIpv6.check(bare, 'ipv6') && !closedIpv6.check(bare, 'ipv6');
}

function blockList(ranges: readonly [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
