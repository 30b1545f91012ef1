import { expect, test } from 'vitest';
import { downMessages } from '../../../../electron/station/platforms/keytop/messages.ts';
import { addresses, isOfFamily, messageAt } from '../../../../electron/station/platforms/keytop/paths.ts';

const paths = addresses.flatMap(({ message, current, legacy, oldest }) =>
  [current, legacy, oldest].flatMap((path) => (path === undefined ? [] : [[path, message] as const])),
);

test('every interface has its addresses, no two the same, and each leads to the interface in its name', () => {
  expect(addresses.map(({ message }) => message).sort()).toEqual(downMessages.map(({ name }) => name).sort());
  expect(new Set(paths.map(([path]) => path.toLowerCase())).size).toBe(paths.length);
  for (const [path, message] of paths) {
    expect(path.endsWith(`/${message}`)).toBe(true);
    expect(isOfFamily(path)).toBe(true);
    expect(messageAt(path, true)?.name).toBe(message);
  }
});

test('without the old addresses only the current ones are left', () => {
  expect(addresses.every(({ current }) => messageAt(current, false))).toBe(true);
  expect(paths.filter(([path]) => messageAt(path, false))).toHaveLength(addresses.length);
});

test('only the oldest family does without a car-park number', () => {
  for (const [path] of paths)
    expect([path, messageAt(path, true)?.oldest]).toEqual([path, path.startsWith('/api/pay/')]);
  expect(messageAt('/API/PAY/GetParkingPaymentInfo', true)).toEqual({ name: 'GetParkingPaymentInfo', oldest: true });
  expect(messageAt('/api/pay2/GetParkingPaymentInfo', true)).toEqual({ name: 'GetParkingPaymentInfo', oldest: false });
  expect(messageAt('/api/ParkingPay/GetParkingPaymentInfo', true)?.oldest).toBe(false);
});
