import { beforeEach, describe, expect, it } from 'vitest';
import { BerthDevice } from '../../../electron/station/devices/berth-http/device.ts';
import { BerthEndpoint } from '../../../electron/station/devices/berth-http/endpoint.ts';
import { settingsSchema } from '../../../electron/station/devices/berth-http/settings.ts';
import { Bench, json, request } from './recording.ts';

const KEY = 'kerb-key-1234';
const MINUTE = 60_000;

let bench: Bench;
let endpoint: BerthEndpoint;

function devices(settings: object = {}): void {
  bench = new Bench();
  const made = [
    new BerthDevice('geo1', 'berth-sensor', settingsSchema.parse({ serialNo: 'G1', ...settings }), bench.deps),
    new BerthDevice('cam1', 'berth-camera', settingsSchema.parse({ serialNo: 'C1', key: KEY }), bench.deps),
  ];
  for (const each of made) void each.start();
  endpoint = new BerthEndpoint(made, { clock: bench.clock, log: bench.log, found: bench.found });
}
beforeEach(() => devices());

const push = (body: object | string) =>
  endpoint.handle(request(typeof body === 'string' ? body : JSON.stringify(body), { remote: '10.0.0.7' }));
const told = () => bench.berths.flatMap(({ berths }) => berths);

describe('a push', () => {
  it('tells of each berth with its moment, however it is written', async () => {
    const now = bench.clock.now();
    const photo = Buffer.from([0xff, 0xd8, 0xff, 0xd9]).toString('base64');
    const berths = [
      { code: ' NS1 ', occupied: true, at: now - 5000, sequence: 3, plate: '粤b·12345', plateColor: 'blue', photo },
      { code: 'NS2', occupied: false, at: new Date(now - 7000).toISOString(), plateColor: 'pink', confidence: 'x' },
      { code: 'NS3', occupied: true, plate: '' },
    ];
    const response = await push({ serialNo: 'C1', key: KEY, time: now, berths });
    expect([response.status, json(response)]).toEqual([200, { code: 0, msg: 'ok', unknown: [] }]);
    expect(bench.berths).toMatchObject([{ deviceId: 'cam1', source: 'video', offsetMs: 0, clockWrong: false }]);
    expect(told()).toMatchObject([
      { code: 'NS1', occupied: true, at: now - 5000, sequence: 3, plate: { text: '粤B12345', color: 'blue' } },
      { code: 'NS2', occupied: false, at: now - 7000, sequence: null, plate: null, confidence: null, photo: null },
      { code: 'NS3', occupied: true, at: null, plate: null },
    ]);
    expect(told()[0]?.photo).toHaveLength(4);
  });

  it('says which berths are not its own, and what could not be stored so that it comes again', async () => {
    bench.onBerths = () => ({ unknown: ['X'], failed: [] });
    expect(json(await push({ serialNo: 'G1', berths: [] }))).toEqual({ code: 0, msg: 'ok', unknown: ['X'] });
    bench.onBerths = () => ({ unknown: [], failed: ['NS1'] });
    const refused = await push({ serialNo: 'G1', berths: [{ code: 'NS1', occupied: true }] });
    expect([refused.status, json(refused)]).toEqual([
      500,
      { code: 500, msg: 'not stored', unknown: [], failed: ['NS1'] },
    ]);
    bench.onBerths = () => {
      throw new Error('disk full');
    };
    expect((await push({ serialNo: 'G1' })).status).toBe(500);
  });

  it('is at most 4.5 MB, of which a large picture is one', async () => {
    const told = { serialNo: 'C1', key: KEY };
    const picture = { code: 'NS1', occupied: true, photo: 'A'.repeat(4 * 1024 * 1024) };
    expect((await push({ ...told, berths: [picture] })).status).toBe(200);
    const more = { code: 'NS2', occupied: true, photo: 'A'.repeat(400_000) };
    const refused = await push({ ...told, berths: [picture, more] });
    expect([refused.status, json(refused)]).toMatchObject([413, { code: 413 }]);
    expect(bench.berths).toHaveLength(1);
  });

  it('is believed only with the key, and nobody reads the key in the trace', async () => {
    for (const key of [undefined, '', 'kerb-key-1235', KEY.slice(0, -1)]) {
      const response = await push({ serialNo: 'C1', key, berths: [{ code: 'NS1', occupied: true }] });
      expect(response.status).toBe(403);
    }
    expect(bench.berths).toEqual([]);
    await push({ serialNo: 'C1', key: KEY, berths: [] });
    expect(bench.berths).toHaveLength(1);
    expect(JSON.stringify([bench.exchanges, bench.lines])).not.toContain(KEY);
  });

  it('of nobody is answered, told as found, and believed in nothing', async () => {
    const response = await push({ serialNo: 'G9', berths: [{ code: 'NS1', occupied: true }] });
    expect(json(response)).toMatchObject({ code: 404 });
    expect(bench.strangers).toMatchObject([{ serialNo: 'G9', address: '10.0.0.7' }]);
    expect(bench.berths).toEqual([]);
  });

  it.each([
    ['not JSON', '{'],
    ['nothing', ''],
    ['another kind', '[]'],
    ['no serial number', '{"berths":[]}'],
    ['a word that is none', '{"serialNo":"G1","berths":[{"code":"NS1","occupied":"yes"}]}'],
    ['a code without end', `{"serialNo":"G1","berths":[{"code":"${'9'.repeat(5000)}","occupied":true}]}`],
    ['a moment beyond time', '{"serialNo":"G1","berths":[{"code":"NS1","occupied":true,"at":1e300}]}'],
    ['a moment in words', '{"serialNo":"G1","berths":[{"code":"NS1","occupied":true,"at":"yesterday"}]}'],
    [
      'too many',
      JSON.stringify({ serialNo: 'G1', berths: Array.from({ length: 501 }, () => ({ code: 'a', occupied: true })) }),
    ],
    ['depth', `{"serialNo":"G1","berths":${'['.repeat(200_000)}`],
    ['bytes', '\u0000\u0001\u0002'],
  ])('that is hostile (%s) is refused, and the next one is read', async (_name, body) => {
    expect((await push(body)).status).toBe(400);
    expect(bench.berths).toEqual([]);
    expect((await push({ serialNo: 'G1', berths: [] })).status).toBe(200);
  });

  it('keeps the word and drops the picture that is none', async () => {
    await push({ serialNo: 'G1', berths: [{ code: 'NS1', occupied: true, photo: 'bm90IGEganBlZw==' }] });
    expect(told()).toMatchObject([{ code: 'NS1', photo: null }]);
  });
});

describe('the device', () => {
  it('whose clock is far off tells no moments', async () => {
    const now = bench.clock.now();
    await push({
      serialNo: 'G1',
      time: now - 4 * MINUTE,
      berths: [{ code: 'NS1', occupied: true, at: now - 9 * MINUTE }],
    });
    await push({ serialNo: 'G1', time: now + 6 * MINUTE, berths: [{ code: 'NS1', occupied: false, at: now }] });
    expect(told().map(({ at }) => at)).toEqual([now - 9 * MINUTE, null]);
    expect(bench.berths.map(({ clockWrong }) => clockWrong)).toEqual([false, true]);
  });

  it('is there with its first push and away after its silence, each told once', async () => {
    devices({ silentSeconds: 60 });
    await push({ serialNo: 'G1' });
    await bench.clock.advance(50_000);
    await push({ serialNo: 'G1' });
    await bench.clock.advance(59_000);
    expect(bench.states).toEqual(['geo1 online']);
    await bench.clock.advance(10_000);
    expect(bench.states).toEqual(['geo1 online', 'geo1 offline']);
  });

  it('is asked to come again while nothing can be stored', async () => {
    const idle = new BerthDevice('geo2', 'berth-sensor', settingsSchema.parse({ serialNo: 'G2' }), bench.deps);
    const door = new BerthEndpoint([idle], { clock: bench.clock, log: bench.log, found: bench.found });
    expect((await door.handle(request('{"serialNo":"G2"}'))).status).toBe(503);
  });
});
