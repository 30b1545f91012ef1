import { expect, test } from 'vitest';
import { isOwnName } from '../../../electron/station/inbound/host-guard.ts';

test.for([
  [undefined, true],
  ['127.0.0.1:8700', true],
  ['192.168.1.20', true],
  ['[::1]:8700', true],
  ['localhost:8700', true],
  ['GATE-PC', true],
  ['gate-pc.local:8700', true],
  ['evil.example', false],
  ['evil.example:8700', false],
  ['127.0.0.1.evil.example', false],
  ['local.evil.example', false],
  ['evil.example.', false],
  ['a b', false],
  ['', false],
] as const)('a Host header of %s: %s', ([host, own]) => {
  expect(isOwnName(host)).toBe(own);
});
