import type { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { reachableFrom } from '../../../electron/station/inbound/reachable.ts';

type Interfaces = ReturnType<typeof networkInterfaces>;
const at = (address: string, internal = false): NonNullable<Interfaces[string]>[number] => {
  const common = { address, internal, netmask: '', mac: '', cidr: null };
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
};
const PC: Interfaces = {
  lo: [at('127.0.0.1', true), at('::1', true)],
  wifi: [at('169.254.7.7'), at('fe80::1')],
  eth: [at('2001:db8::7'), at('192.168.1.20')],
};
const ONLY_V6: Interfaces = { lo: [at('127.0.0.1', true)], eth: [at('fe80::1'), at('2001:db8::7')] };
const ALONE: Interfaces = { lo: [at('127.0.0.1', true)] };

test.each<[string, Interfaces, string]>([
  ['0.0.0.0', PC, 'http://192.168.1.20:8700'],
  ['::', PC, 'http://192.168.1.20:8700'],
  ['0:0:0:0:0:0:0:0', PC, 'http://192.168.1.20:8700'],
  ['0.0.0.0', ONLY_V6, 'http://[2001:db8::7]:8700'],
  ['::', ONLY_V6, 'http://[2001:db8::7]:8700'],
  ['::', ALONE, 'http://127.0.0.1:8700'],
  // One that was named is the one, also where it leads nowhere else.
  ['127.0.0.1', PC, 'http://127.0.0.1:8700'],
  ['::1', PC, 'http://[::1]:8700'],
  ['2001:db8::9', PC, 'http://[2001:db8::9]:8700'],
  ['fe80::1%eth0', PC, 'http://[fe80::1]:8700'],
  ['10.0.0.8', PC, 'http://10.0.0.8:8700'],
  ['booth.local', PC, 'http://booth.local:8700'],
])('listening on %s', (host, interfaces, expected) => {
  expect(reachableFrom({ host, port: 8700 }, interfaces)).toBe(expected);
});

test('with a certificate it is reached over TLS; the port is named unless the scheme stands for it', () => {
  const tls = { certFile: 'a', keyFile: 'b' };
  expect(reachableFrom({ host: '0.0.0.0', port: 8443, tls }, PC)).toBe('https://192.168.1.20:8443');
  expect(reachableFrom({ host: '0.0.0.0', port: 443, tls }, PC)).toBe('https://192.168.1.20');
});
