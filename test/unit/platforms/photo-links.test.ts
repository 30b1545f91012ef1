import { describe, expect, it } from 'vitest';
import { servePhoto } from '../../../electron/station/platforms/cmb/photo-links.ts';
import { PhotoLinks } from '../../../electron/station/platforms/photo-links.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { context, settings } from './cmb/support.ts';
import { MemoryStation } from './memory-station.ts';

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
const read: string[] = [];
const photos = {
  read: async (id: string) => {
    read.push(id);
    return id.startsWith('ph_') ? JPEG : undefined;
  },
};
const PUBLIC = 'https://park.example:8443/gate/';
const HOUR = 3_600_000;

const place = (platform: 'vanke' | 'cmb' = 'vanke') =>
  new PhotoLinks({ platform, path: '/vankePhoto/', ending: '.jpg' });

function world() {
  const clock = new FakeClock();
  const commands = new MemoryStation();
  const links = place();
  const link = (photoId = 'ph_1', until = clock.now() + HOUR) =>
    links.link({ photoId, until, publicUrl: PUBLIC }, commands);
  const serve = (path: string, by = links) => by.serve(path, { commands, photos, clock });
  return { clock, commands, links, link, serve };
}

describe('the address of a picture', () => {
  it('leads to it from outside, through whatever prefix, and ends like a picture', async () => {
    const { link, links, serve } = world();
    const url = new URL(link());
    expect(url.href).toMatch(/^https:\/\/park\.example:8443\/gate\/vankePhoto\/[\w-]+\.\d+\.[\w-]{43}\.jpg$/);
    expect(links.serves('GET', url.pathname)).toBe(true);
    expect(await serve(url.pathname)).toMatchObject({ status: 200, contentType: 'image/jpeg', body: JPEG });
    for (const method of ['POST', 'HEAD', 'PUT', 'get']) expect(links.serves(method, url.pathname)).toBe(false);
  });

  it('is the same for the same picture and end, and says nothing of the picture to who has no key', () => {
    const { link, clock } = world();
    expect(link()).toBe(link());
    expect(link('ph_2')).not.toBe(link());
    expect(link('ph_1', clock.now() + 2 * HOUR)).not.toBe(link());
    expect(world().link()).not.toBe(link());
  });

  it('with any one character changed is the same 404, and nothing is read from the disk for it', async () => {
    const { link, links, serve } = world();
    const { pathname } = new URL(link());
    read.length = 0;
    const answers = new Set<string>();
    for (let index = pathname.indexOf('/vankePhoto/') + 12; index < pathname.length - 4; index += 1)
      for (const other of ['A', 'B', '0', '1', '_'].filter((each) => each !== pathname[index])) {
        const path = pathname.slice(0, index) + other + pathname.slice(index + 1);
        if (links.serves('GET', path)) answers.add(JSON.stringify(await serve(path)));
      }
    expect([...answers]).toHaveLength(1);
    expect(read).toEqual([]);
    // As one that is signed rightly, and whose picture is gone.
    const gone = await serve(new URL(link('deleted')).pathname);
    expect([JSON.stringify(gone)]).toEqual([...answers]);
  });

  it('ends to the second, and by the wall clock', async () => {
    const { clock, link, serve } = world();
    const { pathname } = new URL(link());
    clock.jumpWall(HOUR - 1000);
    expect((await serve(pathname)).status).toBe(200);
    clock.jumpWall(3000);
    expect((await serve(pathname)).status).toBe(404);
  });

  it('of one platform opens nothing at another, and none where no address was ever given out', async () => {
    const { link, serve, commands } = world();
    const { pathname } = new URL(link());
    place('cmb').link({ photoId: 'ph_1', until: 1, publicUrl: PUBLIC }, commands);
    expect((await serve(pathname, place('cmb'))).status).toBe(404);
    const fresh = world();
    expect((await fresh.serve(pathname)).status).toBe(404);
  });

  it('that the bank was given by an earlier version still leads to its picture', async () => {
    const { commands, clock } = world();
    commands.remember('cmb', 'photo-key', 'BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc');
    const token = 'cGhfMQ.1773014709.tZR1U2k435CPeuIR9HfMU3vMIgKNZibW4EUmhGb2YOM';
    const answer = await servePhoto(`/gate/cmbParking/photo/${token}`, {
      ...context({ settings: settings() }),
      commands,
      photos,
      clock,
    });
    expect(answer).toMatchObject({ status: 200, body: JPEG });
  });
});
