import { expect, test } from 'vitest';
import { brokerAddress } from '../../../../electron/station/platforms/qingdao/broker-address.ts';

test.for<readonly [string, object]>([
  ['mqtt://broker.example:1884', { protocol: 'mqtt', host: 'broker.example', port: 1884 }],
  ['mqtts://10.0.0.7', { protocol: 'mqtts', host: '10.0.0.7' }],
  ['mqtt://gate:a%40b@10.0.0.7', { protocol: 'mqtt', host: '10.0.0.7', auth: 'gate:a@b' }],
  ['mqtt://[::1]:1883', { protocol: 'mqtt', host: '::1', port: 1883 }],
  ['ws://[::1]:8083/mqtt', { protocol: 'ws', host: '[::1]', port: 8083, path: '/mqtt' }],
  ['wss://broker.example/mqtt?site=1', { protocol: 'wss', host: 'broker.example', path: '/mqtt?site=1' }],
])('%s', ([address, parts]) => {
  expect(brokerAddress(address)).toEqual(parts);
});

test('another scheme is no broker', () => {
  expect(() => brokerAddress('http://broker.example')).toThrow();
});
