import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { VankeContext } from '../../../../electron/station/platforms/vanke/context.ts';
import { servePhoto } from '../../../../electron/station/platforms/vanke/photo-links.ts';
import { recognitionOf, recognitionWire } from '../../../../electron/station/platforms/vanke/recognition.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { plate } from '../../../support/lane-world.ts';
import { MemoryStation } from '../memory-station.ts';
import { settings } from './support.ts';

const HOUR = 3_600_000;
const clock = new FakeClock();
const READ_AT = clock.now();

/** The address of the picture as it is told at this moment. */
function addressWith(commands: MemoryStation, photoId: string | null = 'ph_1'): string {
  const context: Parameters<typeof recognitionWire>[1] = {
    ...{ clock, commands, publicUrl: () => 'https://park.example' },
    settings: settings({ photo: { days: 1 } }),
    station: (): ReturnType<VankeContext['station']> => ({ lanes: { lanes: () => [] } }) as never,
  };
  const car = { passageId: 'p', laneId: 'in1', direction: 'in', at: READ_AT, plate: plate('粤B12345') } as const;
  return recognitionWire(recognitionOf({ ...car, photoId, confidence: 9, failed: false }), context).image;
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

it('a car without a picture has an address, too, and the same for as long: one that shows a picture saying so', async () => {
  const commands = new MemoryStation();
  const first = addressWith(commands, null);
  expect(first).toMatch(/^https:\/\/park\.example\/vankePhoto\/.+\.jpg$/);
  expect(endOf(first)).toBe(endOf(addressWith(commands)));
  clock.jumpWall(HOUR);
  expect(addressWith(commands, null)).toBe(first);
  const photos = { read: async () => undefined };
  const { status, contentType, body } = await servePhoto(new URL(first).pathname, { clock, commands, photos });
  expect([status, contentType]).toEqual([200, 'image/jpeg']);
  expect(await sharp(body).metadata()).toMatchObject({ format: 'jpeg', width: 160, height: 90 });
  expect(body.length).toBeLessThan(1024);
});

it('a picture of ours that is lost is not replaced by it', async () => {
  const commands = new MemoryStation();
  const { pathname } = new URL(addressWith(commands));
  expect(await servePhoto(pathname, { clock, commands, photos: { read: async () => undefined } })).toMatchObject({
    status: 404,
  });
});
