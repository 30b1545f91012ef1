import { expect, it } from 'vitest';
import type { VankeContext } from '../../../../electron/station/platforms/vanke/context.ts';
import { recognitionOf, recognitionWire } from '../../../../electron/station/platforms/vanke/recognition.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { plate } from '../../../support/lane-world.ts';
import { MemoryStation } from '../memory-station.ts';
import { settings } from './support.ts';

const HOUR = 3_600_000;
const clock = new FakeClock();
const READ_AT = clock.now();

/** The address of the picture as it is told at this moment. */
function addressWith(commands: MemoryStation, publicUrl = 'https://park.example'): string {
  const context: Parameters<typeof recognitionWire>[1] = {
    ...{ clock, commands, publicUrl: () => publicUrl || undefined },
    settings: settings({ photo: { days: 1 } }),
    station: (): ReturnType<VankeContext['station']> => ({ lanes: { lanes: () => [] } }) as never,
  };
  const car = { passageId: 'p', laneId: 'in1', direction: 'in', at: READ_AT, plate: plate('粤B12345') } as const;
  return recognitionWire(recognitionOf({ ...car, photoId: 'ph_1', confidence: 9, failed: false }), context).image;
}
const endOf = (address: string): number => Number(/\.(\d+)\./.exec(new URL(address).pathname)?.[1]) * 1000;

it('the address of a picture stays the same for as long as it holds for half its time, and never ends sooner', () => {
  const commands = new MemoryStation();
  const first = addressWith(commands);
  expect(endOf(first) - READ_AT).toBeGreaterThanOrEqual(24 * HOUR);
  const seen = new Set<string>();
  for (let hour = 0; hour <= 96; hour += 1) {
    const address = addressWith(commands);
    if (hour <= 12) expect(address).toBe(first);
    expect(endOf(address) - clock.now()).toBeGreaterThanOrEqual(12 * HOUR);
    expect(endOf(address) - clock.now()).toBeLessThanOrEqual(37 * HOUR);
    seen.add(address);
    clock.jumpWall(HOUR);
  }
  expect(seen.size).toBe(5);
});

it('without an address of this station there is none', () => {
  expect(addressWith(new MemoryStation(), '')).toBe('');
});
