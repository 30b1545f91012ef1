import { expect, it } from 'vitest';
import { FoundDevices } from '../../../electron/station/devices/found.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const stranger = (serialNo: string, jpeg: Uint8Array | null = null) => ({
  ...{ serialNo, address: '192.168.1.9', name: null, plate: null },
  picture: () => jpeg,
});

it('keeps no more strangers than it has room for, and those that still call', async () => {
  const clock = new FakeClock();
  const found = new FoundDevices(clock);
  for (let index = 0; index < 100; index += 1) {
    found.saw('x', 'camera', stranger('steady', new Uint8Array(10)));
    found.saw('x', 'camera', stranger(`made-up-${index}`, new Uint8Array(10)));
    await clock.advance(1000);
  }
  const list = found.list();
  expect(list).toHaveLength(40);
  expect(list[0]).toMatchObject({ serialNo: 'steady', requests: 100 });
  expect(list.filter(({ picture }) => picture).length).toBeLessThanOrEqual(12);
  expect(found.get('x', 'steady')?.picture).not.toBeNull();
});

it('reads no picture out of every message of a camera that keeps calling', async () => {
  const clock = new FakeClock();
  const found = new FoundDevices(clock);
  let read = 0;
  const picture = () => {
    read += 1;
    return new Uint8Array(10);
  };
  for (let second = 0; second < 20; second += 1) {
    found.saw('x', 'camera', { ...stranger('a'), picture });
    await clock.advance(1000);
  }
  expect(read).toBe(4);
});

it('keeps no picture that is too large to be one', () => {
  const found = new FoundDevices(new FakeClock());
  found.saw('x', 'camera', stranger('a', new Uint8Array(2 * 1024 * 1024)));
  expect(found.get('x', 'a')).toMatchObject({ picture: null });
});
