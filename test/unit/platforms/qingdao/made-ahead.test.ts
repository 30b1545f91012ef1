import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../../../electron/station/platforms/platform.ts';
import { qingdao } from '../../../../electron/station/platforms/qingdao/index.ts';
import { Sealing } from '../../../../electron/station/platforms/qingdao/sealing.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { deps, listen, platformOpens, settings } from './support.ts';

const signal = new AbortController().signal;
const seal = Sealing.prototype.form;
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  Sealing.prototype.form = seal;
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp() {
  const clock = new FakeClock();
  const server = await listen((_request, response) => response.end('{"resultCode":"200","msg":""}'));
  const platform = qingdao.create(settings({ baseUrl: server.baseUrl }), deps({ clock }));
  cleanups.push(
    () => platform.stop(),
    () => server.close(),
  );
  const texts = () =>
    server.received.map(({ form }) => {
      const { verified, plain } = platformOpens(form.get('cipher') ?? '', form.get('sign') ?? '');
      expect(verified).toBe(true);
      return JSON.parse(plain);
    });
  return { platform, clock, texts };
}

const sample: unknown = qingdao.messages.find(({ name }) => name === 'uploadCarInData')?.sample;
const entry = (changes: Partial<OutboundMessage> = {}): OutboundMessage => ({
  ...{ message: 'uploadCarInData', body: sample, attempt: 1, maybeDelivered: false },
  ...changes,
});
const leftAt = (uploadTime: string) => ({ data: { ...Object(sample), uploadTime } });

describe('a message that was made before its turn', () => {
  it('leaves as it was made', async () => {
    const { platform, clock, texts } = await setUp();
    const message = entry();
    await clock.advance(600);
    platform.prepare?.(message);
    await clock.advance(600);
    expect(await platform.send(message, signal)).toMatchObject({ kind: 'delivered' });
    expect(texts()).toEqual([leftAt('2026-03-02 08:05:09')]);
  });

  it('is made anew when it had to wait, because the time of leaving stands in it', async () => {
    const { platform, clock, texts } = await setUp();
    const message = entry();
    platform.prepare?.(message);
    await clock.advance(1000);
    expect(await platform.send(message, signal)).toMatchObject({ kind: 'delivered' });
    expect(texts()).toEqual([leftAt('2026-03-02 08:05:10')]);
  });

  it('is not mistaken for another of the same kind', async () => {
    const { platform, texts } = await setUp();
    platform.prepare?.(entry({ body: { ...Object(sample), uid: '1001120260302080509001' } }));
    await platform.send(entry(), signal);
    expect(texts()).toEqual([leftAt('2026-03-02 08:05:09')]);
  });

  it('is refused when its turn comes, if it cannot be made, and not before', async () => {
    const { platform, texts } = await setUp();
    const broken = entry({ body: { uid: 7 } });
    platform.prepare?.(broken);
    await sleep(5);
    expect(await platform.send(broken, signal)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/^stored body: /),
    });
    expect(texts()).toEqual([]);
  });

  it('leaves all the same when it could not be sealed the first time', async () => {
    const { platform, texts } = await setUp();
    const message = entry();
    Sealing.prototype.form = () => {
      throw new Error('out of memory');
    };
    platform.prepare?.(message);
    await sleep(5);
    Sealing.prototype.form = seal;
    expect(await platform.send(message, signal)).toMatchObject({ kind: 'delivered' });
    expect(texts()).toEqual([leftAt('2026-03-02 08:05:09')]);
  });
});
