import { afterEach, describe, expect, it } from 'vitest';
import type { OutboxDraft } from '../../../../electron/station/platforms/platform.ts';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import { until } from '../../../support/until.ts';
import { cityOfRecord } from './city-of-record.ts';
import { corrected, entered, photographed, stay } from './support.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const DISCARDED = 3;
const VOID = { what: 'void' } as const;

/** A stay that the city knows, its photo, and the deletion that a person ordered. */
async function setUp() {
  const world = await cityOfRecord({}, { photos: { read: async () => tinyJpeg() } });
  cleanups.push(world.close);
  const [entry, photo, deletion] = world.drafts([entered(), photographed(), corrected(VOID)]);
  if (!entry || !photo || !deletion) throw new Error('no drafts');
  await world.send(entry);
  const keep = (draft: OutboxDraft): void => {
    world.store.write((tx) => tx.outbox.insert('qingdao', draft, 1, 0));
  };
  return { ...world, photo, deletion, keep };
}

describe('the deletion of a stay', () => {
  it('is followed by none of its photos', async () => {
    const { city, send, photo, deletion, keep } = await setUp();
    keep(deletion);
    expect(await send(deletion)).toMatchObject({ kind: 'delivered' });
    const told = await send(photo);
    expect(told).toMatchObject({ kind: 'delivered', trace: { answer: { status: '未上传' } } });
    expect(city.received('uploadPhoto')).toEqual([]);
    expect(city.violations).toEqual([]);
  });

  it('keeps a photo back as soon as it is to leave', async () => {
    const { city, send, photo, deletion, keep } = await setUp();
    keep(deletion);
    await send(photo);
    expect(city.received('uploadPhoto')).toEqual([]);
  });

  it('waits for the photo that is on its way', async () => {
    const { city, send, photo, deletion, keep } = await setUp();
    city.fault({ kind: 'delay', ms: 150 }, { interface: 'uploadPhoto' });
    const sending = send(photo);
    keep(deletion);
    expect(await send(deletion)).toMatchObject({ kind: 'delivered' });
    expect(await sending).toMatchObject({ kind: 'delivered' });
    await until('both', () => city.log.length === 3);
    expect(city.log.map((line) => line.interface)).toEqual(['uploadCarInData', 'uploadPhoto', 'uploadModifyCarInData']);
    expect(city.violations).toEqual([]);
  });

  it('that was given up keeps no photo back, nor does another correction', async () => {
    const { city, store, send, photo, deletion, keep, drafts } = await setUp();
    keep(deletion);
    const row = store.read.outbox.ofDraft('qingdao', deletion.id);
    store.write((tx) => tx.outbox.setState(row?.id ?? 0, DISCARDED, 0));
    for (const draft of drafts([corrected({ before: stay({ vehicleClass: 'large' }) })])) keep(draft);
    await send(photo);
    expect(city.received('uploadPhoto')).toHaveLength(1);
  });
});
