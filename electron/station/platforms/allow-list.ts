import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Whether an address is one of these, or of these networks. An IPv4 address may come written as IPv6. */
export function isOneOf(allowed: readonly string[]): (remote: string) => boolean {
  const list = new BlockList();
  for (const each of allowed) {
    const [address = '', prefix] = each.split('/');
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (remote) => {
    const address = remote.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
    if (isIPv4(address)) return list.check(address, 'ipv4');
    return isIPv6(address) && list.check(address, 'ipv6');
  };
}
