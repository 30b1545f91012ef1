import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const jpeg = new Uint8Array([0xff, 0xd8, 1, 2, 3, 4, 5, 6, 0xff, 0xd9]);
let clock: FakeClock;
let temp: TempStore;
let vault: PhotoVault;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
  vault = new PhotoVault(join(temp.directory, 'photos'), temp.store.read.photos, memoryLog());
});
afterEach(() => temp.dispose());

function take(id: string): string {
  const photo = vault.put(id, clock.now(), jpeg);
  temp.store.write((tx) =>
    tx.record({
      kind: 'photo-taken',
      key: null,
      laneId: 'in1',
      passageId: null,
      actor: { kind: 'station', name: 'station' },
      body: {
        photoId: id,
        purpose: 'manual',
        stay: null,
        takenAt: photo.takenAt,
        name: photo.name,
        bytes: photo.bytes,
        sha256: photo.sha256,
      },
    }),
  );
  return join(temp.directory, 'photos', photo.name);
}

describe('the photo vault', () => {
  it('gives back what it was given, at once and after the disk has it', async () => {
    take('p1');
    expect(await vault.read('p1')).toEqual(Buffer.from(jpeg));
    await vault.flush();
    expect(await vault.read('p1')).toEqual(Buffer.from(jpeg));
    expect(readdirSync(join(temp.directory, 'photos'))).toEqual(['2026-03-02']);
  });

  it('says that there is none when the file was cut by a power cut, changed, or never written', async () => {
    const cut = take('p1');
    const changed = take('p2');
    await vault.flush();
    truncateSync(cut, 4);
    writeFileSync(changed, Buffer.from([0xff, 0xd8, 9, 9, 9, 9, 9, 9, 0xff, 0xd9]));
    expect(await vault.read('p1')).toBeUndefined();
    expect(await vault.read('p2')).toBeUndefined();
    expect(await vault.read('p3')).toBeUndefined();
  });
});
