import { afterEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../support/fake-clock.ts';
import { cityOfRecord } from './city-of-record.ts';
import { entered, MemoryStation, photographed } from './support.ts';

// As on a machine where a part of the installation is gone: nothing else stands in for it.
vi.mock('sharp', () => {
  throw new Error("Cannot find module '/opt/programs/gatehouse/node_modules/sharp/lib/index.js'");
});

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

it('a photo that is too large waits where pictures cannot be made smaller: one alarm, no path, and it is not refused', async () => {
  const large = Buffer.alloc(600_000, 1);
  large[0] = 0xff;
  large[1] = 0xd8;
  const commands = new MemoryStation();
  const world = await cityOfRecord({}, { clock: new FakeClock(), commands, photos: { read: async () => large } });
  cleanups.push(world.close);
  for (const draft of world.drafts([entered(), photographed()])) {
    const done = await world.send(draft);
    if (draft.message === 'uploadPhoto') {
      expect(done).toMatchObject({ kind: 'retry', scope: 'message', answered: true, unsent: true });
      expect(JSON.stringify(done)).not.toContain('/');
    } else expect(done).toMatchObject({ kind: 'delivered' });
  }
  expect(commands.alarms).toMatchObject([{ code: 'photo-decoder-missing', subject: 'qingdao' }]);
});
