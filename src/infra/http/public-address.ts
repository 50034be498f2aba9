import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/** Everything that is not reached over the public internet (IANA's special-purpose registries). */
const special = new BlockList();
const subnets4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
for (const subnet of subnets4) {
  const [net = '', bits] = subnet.split('/');
  special.addSubnet(net, Number(bits), 'ipv4');
}
/** Of IPv6 only 2000::/3 is public; in it these are not, or they carry an IPv4 address that may be anything. */
const subnets6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
for (const subnet of subnets6) {
  const [net = '', bits] = subnet.split('/');
  special.addSubnet(net, Number(bits), 'ipv6');
}
const public6 = new BlockList();
public6.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address, in its usual spelling and without brackets, is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && public6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Names that have no public address (RFC 6761, 6762, 8375, 9476, ICANN's `internal`): DNS is not even asked. */
const ownNames =
  /(^|\.)(localhost|local|internal|intranet|private|corp|home|lan|test|invalid|example|onion|alt|arpa)\.?$|(^|\.)example\.(com|net|org)\.?$/i;

/** Whether an address may be fetched, as far as it can be said without asking DNS: its scheme, port and host. */
export function isPublicUrl({ protocol, hostname, port }: URL): boolean {
  if ((protocol !== 'http:' && protocol !== 'https:') || port !== '') return false;
  // URL has turned odd spellings of numbers (0x7f000001, 2130706433, 127.1) into the usual one
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) > 0 ? isPublicAddress(host) : host.includes('.') && !ownNames.test(host);
}

/** A host name has an address that is not public. */
export class NotPublic extends Error {}

type Answered = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * `dns.lookup` for a socket: it gives only checked addresses, and the socket connects to one of those, so that an answer
 * of DNS that changes in between has no effect. A name with a single address that is not public is refused as a whole.
 */
export function lookupPublic(hostname: string, options: LookupOptions, answered: Answered): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return answered(error, []);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
      return answered(new NotPublic('not a public address'), []);
    return options.all ? answered(null, addresses) : answered(null, first.address, first.family);
  });
}
