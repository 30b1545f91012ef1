import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { PicUpload } from '../../../../electron/station/platforms/cmb/messages/PicUpload.ts';
import { photoLink } from '../../../../electron/station/platforms/cmb/photo-links.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { context, MemoryStation, photographed, sender, settings, stay, UID } from './support.ts';

type Sender = Awaited<ReturnType<typeof sender>>;
let bank: Sender | undefined;
afterEach(async () => {
  await bank?.close();
  bank = undefined;
});

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const BODY = { record_id: UID, in_out_flag: 1, photo_id: 'ph_1' };
const drafts = (event: Parameters<typeof PicUpload.project>[0], photo: Readonly<Record<string, unknown>> = {}) =>
  PicUpload.project(event, context({ settings: settings({ photo }) }));
const at = (passageId: string | null, event = photographed()) => ({ ...event, passageId });

describe('a picture', () => {
  it('of an entry is told as 1, of an exit as 2, under the number of the stay', () => {
    expect(drafts(at('pass_1'))).toEqual([
      { id: `PicUpload:${UID}:1-pass_1`, message: 'PicUpload', key: UID, kind: 'photo', body: BODY },
    ]);
    expect(drafts(at('pass_2', photographed({ purpose: 'exit', photoId: 'ph_2' })))).toMatchObject([
      { id: `PicUpload:${UID}:2-pass_2`, body: { in_out_flag: 2, photo_id: 'ph_2' } },
    ]);
  });

  it('is one of each passage, however often it was taken', () => {
    const [first] = drafts(at('pass_1'));
    const [again] = drafts(at('pass_1', photographed({ photoId: 'ph_9' })));
    const [another] = drafts(at('pass_3', photographed({ purpose: 'exit' })));
    expect(again?.id).toBe(first?.id);
    expect(another?.id).not.toBe(first?.id);
  });

  it('of no stay, or of something else, is none of the bank', () => {
    expect(drafts(photographed({ stay: null }))).toEqual([]);
    expect(drafts(photographed({ purpose: 'manual', stay: stay() }))).toEqual([]);
  });

  it('is not told where the site does not want it', () => {
    expect(drafts(at('pass_1'), { form: 'none' })).toEqual([]);
  });
});

describe('a picture that travels whole', () => {
  it('is made smaller until it fits', async () => {
    const noise = Buffer.alloc(900 * 700 * 3);
    for (let index = 0; index < noise.length; index += 1) noise[index] = (index * 2_654_435_761) >>> 24;
    const large = await sharp(noise, { raw: { width: 900, height: 700, channels: 3 } })
      .jpeg({ quality: 98 })
      .toBuffer();
    expect(large.length).toBeGreaterThan(60 * 1024);
    bank = await sender({ settings: { photo: { maxKilobytes: 60 } }, photos: { read: async () => large } });
    expect(await bank.send('PicUpload', BODY)).toMatchObject({ kind: 'delivered' });
    const sent = Buffer.from(bank.received[0]?.form['pic_con'] ?? '', 'base64');
    expect(sent.length).toBeLessThanOrEqual(60 * 1024);
    expect((await sharp(sent).metadata()).format).toBe('jpeg');
  });

  it('is encoded once more only where the bank asks for it', async () => {
    const photos = { read: async () => Uint8Array.from([0xff, 0xd8, 0xfb, 0xef, 0xbe, 0xff, 0x3f]) };
    bank = await sender({ settings: { photo: { encodedTwice: true } }, photos });
    await bank.send('PicUpload', BODY);
    expect(bank.received[0]?.form['pic_con']).toBe('%2F9j7777%2FPw%3D%3D');
  });

  it('waits for a person when its file is gone, and nothing of it is kept in the trace but its size', async () => {
    bank = await sender({ photos: { read: async (id) => (id === 'ph_1' ? undefined : JPEG) } });
    expect(await bank.send('PicUpload', BODY)).toMatchObject({ kind: 'refused' });
    expect(bank.received).toEqual([]);
    const { trace } = await bank.send('PicUpload', { ...BODY, photo_id: 'ph_2' });
    const text = Buffer.from(JPEG).toString('base64');
    expect(JSON.stringify(trace)).not.toContain(text);
    expect(trace?.attached).toMatchObject([{ name: 'pic_con', bytes: text.length }]);
  });
});

describe('a picture that the bank fetches', () => {
  const URL_FORM = { form: 'url', publicUrl: 'http://park.example:8700/gate/', days: 7 };
  const photos = { read: async (id: string) => (id === 'ph_1' ? JPEG : undefined) };
  const get = (path: string, method = 'GET') =>
    bank?.platform.inbound.serves(method, path)
      ? bank.platform.inbound.handle({
          ...{ method, path, query: '', contentType: '', body: new Uint8Array(), remote: '127.0.0.1', headers: {} },
        })
      : undefined;
  const addressOf = async (): Promise<URL> => {
    bank = await sender({ settings: { photo: URL_FORM }, photos });
    await bank.send('PicUpload', BODY);
    return new URL(bank.received.at(-1)?.form['pic_con'] ?? '');
  };

  it('has an address of its own, which leads to it', async () => {
    const address = await addressOf();
    expect(address.href).toMatch(/^http:\/\/park\.example:8700\/gate\/cmbParking\/photo\/[\w.-]+$/);
    const answer = await get(address.pathname);
    expect(answer).toMatchObject({ status: 200, contentType: 'image/jpeg' });
    expect(Buffer.from(answer?.body ?? '')).toEqual(Buffer.from(JPEG));
  });

  it('is not shown at an address in which anything was changed, nor by another way of asking', async () => {
    const { pathname } = await addressOf();
    const from = pathname.lastIndexOf('/') + 1;
    for (let index = from; index < pathname.length; index += 1) {
      const other = pathname[index] === 'A' ? 'B' : 'A';
      const answer = await get(pathname.slice(0, index) + other + pathname.slice(index + 1));
      expect(answer?.status ?? 404, String(index)).toBe(404);
    }
    expect(await get(pathname, 'POST')).toBeUndefined();
  });

  it('is not shown any more when its time is over', async () => {
    const clock = new FakeClock();
    const commands = new MemoryStation();
    const path = new URL(photoLink('ph_1', context({ settings: settings({ photo: URL_FORM }), clock, commands })));
    const { servePhoto } = await import('../../../../electron/station/platforms/cmb/photo-links.ts');
    const now = context({ settings: settings({ photo: URL_FORM }), clock, commands, photos });
    expect((await servePhoto(path.pathname, now)).status).toBe(200);
    clock.jumpWall(7 * 86_400_000 + 2000);
    expect((await servePhoto(path.pathname, now)).status).toBe(404);
  });

  it('keeps its address over a restart, and no other station shares it', () => {
    const clock = new FakeClock();
    const commands = new MemoryStation();
    const link = (of: MemoryStation) =>
      photoLink('ph_1', context({ settings: settings({ photo: URL_FORM }), clock, commands: of }));
    expect(link(commands)).toBe(link(commands));
    expect(link(commands)).not.toBe(link(new MemoryStation()));
  });

  it('waits for a person where nobody said how this station is reached', async () => {
    bank = await sender({ settings: { photo: { form: 'url' } }, photos });
    expect(await bank.send('PicUpload', BODY)).toMatchObject({ kind: 'refused' });
  });
});
