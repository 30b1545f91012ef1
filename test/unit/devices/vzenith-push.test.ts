import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../electron/station/devices/device.ts';
import { VzenithCamera } from '../../../electron/station/devices/vzenith-http/camera.ts';
import { VzenithEndpoint } from '../../../electron/station/devices/vzenith-http/endpoint.ts';
import { vzenithHttp } from '../../../electron/station/devices/vzenith-http/index.ts';
import { UnfitError } from '../../../electron/station/runtime/errors.ts';
import { Bench, json, request } from './recording.ts';
import { HEARTBEAT, INPUT_PUSH, OPEN_AND_SPEAK, PLATE_PUSH, platePush, SERIAL, SPEECH } from './vzenith-samples.ts';

const NO = { Response_AlarmInfoPlate: { info: 'no' } };

let bench: Bench;
let camera: VzenithCamera;
let endpoint: VzenithEndpoint;

beforeEach(async () => {
  bench = new Bench();
  const settings = vzenithHttp.settings.parse({
    serialNo: SERIAL,
    inputs: [
      { source: 0, role: 'trigger-loop' },
      { source: 1, role: 'safety-loop', inverted: true },
    ],
  });
  camera = new VzenithCamera('cam1', settings, bench.deps);
  endpoint = new VzenithEndpoint([camera], bench);
  await camera.start();
});

it('a heartbeat of nothing but blank lines takes no longer than its length', async () => {
  // Looked through once for each of them, this takes a quarter of a minute.
  const blank = `-----b\r\nname="a"\r\n${'\r\n'.repeat(32_000)}x`;
  const part = (name: string, value: string): string => `-----b\r\nname="${name}"\r\n\r\n${value}\r\n`;
  const contentType = 'multipart/form-data; boundary=---b';
  const began = process.cpuUsage().user;
  expect((await endpoint.handle(request(blank, { contentType }))).status).toBe(400);
  const beat = `${part('serialno', SERIAL)}${part('device_name', 'a\r\n\r\nb')}-----b--\r\n`;
  const answered = endpoint.handle(request(beat, { contentType }));
  await bench.clock.advance(10_000);
  expect((await answered).status).toBe(200);
  expect(process.cpuUsage().user - began).toBeLessThan(4_000_000);
});

describe('a plate push', () => {
  it('becomes a read in our words', async () => {
    const response = await endpoint.handle(request(PLATE_PUSH, { path: '/any/where.php' }));
    expect(json(response)).toEqual(NO);
    expect(bench.reads).toEqual([
      {
        deviceId: 'cam1',
        again: 'may-open',
        serialNo: SERIAL,
        plateId: '10234',
        plate: { text: '粤B12345', color: 'blue', kind: 'ordinary' },
        confidence: 97,
        trigger: 'automatic',
        capturedAt: Date.parse('2026-11-22T09:30:00+08:00'),
        receivedAt: bench.clock.now(),
        stored: false,
        photo: Buffer.from([0xff, 0xd8, 0xff, 0xd9]),
      },
    ]);
  });

  it('is answered with what the lane asked for meanwhile, as the sample reply does', async () => {
    const outcomes: Promise<unknown>[] = [];
    bench.onPlate = () => outcomes.push(camera.gate('open'), camera.sendSerial(0, SPEECH));
    const response = await endpoint.handle(request(PLATE_PUSH));
    const { info, channelNum, serialData } = JSON.parse(OPEN_AND_SPEAK).Response_AlarmInfoPlate;
    expect(json(response)).toEqual({ Response_AlarmInfoPlate: { info, channelNum, serialData } });
    response.settled?.(true);
    expect(await Promise.all(outcomes)).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
  });

  it('leaves the outcome unknown when the reply may not have arrived, and does not open again on a resend', async () => {
    const outcomes: Promise<unknown>[] = [];
    bench.onPlate = () => {
      if (bench.reads.length === 1) outcomes.push(camera.gate('open'));
    };
    const first = await endpoint.handle(request(PLATE_PUSH));
    first.settled?.(false);
    expect(await outcomes[0]).toMatchObject({ outcome: 'unknown' });
    const resend = await endpoint.handle(request(PLATE_PUSH));
    expect(json(resend)).toEqual(NO);
    expect(bench.reads).toHaveLength(2);
  });

  for (const stored of [false, true])
    it(`told again ${stored ? 'as a stored one ' : ''}takes back once that its opening was done, and opens nothing`, async () => {
      const ended: CommandOutcome[] = [];
      const lost: string[] = [];
      const opens = async (): Promise<void> => {
        const outcome = await camera.gate('open');
        ended.push(outcome);
        void outcome.lost?.then((why) => lost.push(why));
      };
      bench.onPlate = () => void (bench.reads.length === 1 && opens());
      const first = await endpoint.handle(request(PLATE_PUSH));
      first.settled?.(true);
      await bench.clock.advance(5_000);
      expect([ended.map(({ outcome }) => outcome), lost]).toEqual([['done'], []]);
      // Another car says nothing about this one.
      await endpoint.handle(request(platePush({ plateid: 10_235 })));
      // Nor does one with its number, after the camera was without power.
      await endpoint.handle(request(platePush({ license: '粤B54321' })));
      await bench.clock.advance(0);
      expect(lost).toEqual([]);
      for (let time = 0; time < 2; time++) {
        const resend = await endpoint.handle(request(platePush({ isoffline: stored ? 1 : 0 })));
        expect(json(resend)).toMatchObject(NO);
        await bench.clock.advance(5_000);
      }
      expect(lost).toEqual([expect.stringContaining('相机没有收到应答')]);
    });

  it('told again says nothing of an opening that left in another reply', async () => {
    await endpoint.handle(request(PLATE_PUSH));
    const opening = camera.gate('open');
    (await endpoint.handle(request(HEARTBEAT, { contentType: 'application/x-www-form-urlencoded' }))).settled?.(true);
    const { outcome, lost } = await opening;
    let told = false;
    void lost?.then(() => {
      told = true;
    });
    await endpoint.handle(request(PLATE_PUSH));
    await bench.clock.advance(0);
    expect([outcome, told]).toEqual(['done', false]);
  });

  it('keeps the command for the resend when the camera had already hung up', async () => {
    const gone = new AbortController();
    bench.onPlate = () => {
      if (bench.reads.length > 1) return;
      void camera.gate('open');
      gone.abort();
    };
    expect(json(await endpoint.handle(request(PLATE_PUSH, { signal: gone.signal })))).toEqual(NO);
    expect(json(await endpoint.handle(request(PLATE_PUSH)))).toMatchObject({ Response_AlarmInfoPlate: { info: 'ok' } });
  });

  it('kept by the camera while we were away opens nothing and asks for the next one', async () => {
    bench.onPlate = () => void camera.gate('open');
    const response = await endpoint.handle(request(platePush({ isoffline: 1, plateid: 77 })));
    expect(bench.reads[0]?.stored).toBe(true);
    expect(json(response)).toEqual({
      Response_AlarmInfoPlate: { info: 'no', ContinuePushOffline: { plateid: 77, continue: 1 } },
    });
  });

  it('that could not be recorded is answered as failed, so that the camera sends it again', async () => {
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    const response = await endpoint.handle(request(PLATE_PUSH));
    expect(response.status).toBe(500);
    expect(json(response)).toEqual(NO);
  });

  it.each([
    ['_无_', 1],
    ['', 0],
  ])('with license "%s" is an unread plate', async (license, colorType) => {
    await endpoint.handle(request(platePush({ license, colorType })));
    expect(bench.reads[0]?.plate).toEqual({ text: '', color: 'unknown', kind: 'unread' });
  });

  it.each([
    [64, 'stays'],
    [66, 'turned-back'],
    [2, 'input'],
    [99, 'type-99'],
  ])('with trigger %d says %s', async (triggerType, trigger) => {
    await endpoint.handle(request(platePush({ triggerType })));
    expect(bench.reads[0]?.trigger).toBe(trigger);
  });

  it.each([
    [
      { license: '鲁BD12345', colorType: 5, type: 19 },
      { color: 'green', kind: 'new-energy-small' },
    ],
    [
      { license: '鲁B12345D', colorType: 6, type: 20 },
      { color: 'yellow-green', kind: 'new-energy-large' },
    ],
    [
      { license: '京A1234警', colorType: 3, type: 5 },
      { color: 'white', kind: 'police' },
    ],
    [
      { license: '鲁BD12345', colorType: 0, type: 19 },
      { color: 'green', kind: 'new-energy-small' },
    ],
    [
      { license: '鲁B12345', colorType: 42, type: 42 },
      { color: 'unknown', kind: 'ordinary' },
    ],
  ])('%j', async (fields, plate) => {
    await endpoint.handle(request(platePush(fields)));
    expect(bench.reads[0]?.plate).toMatchObject(plate);
  });

  it('is understood with misspelt keys, numbers as text and without the parts nobody needs', async () => {
    const body = {
      alarmInfoPlate: {
        seriaIno: SERIAL,
        result: {
          PlateResult: { license: '粤B12345', platecolor: '1', plateid: '5', recotime: '2026-11-22 09:30:00' },
        },
      },
    };
    await endpoint.handle(request(JSON.stringify(body), { contentType: 'text/plain' }));
    expect(bench.reads[0]).toMatchObject({
      plateId: '5',
      plate: { color: 'blue' },
      capturedAt: Date.parse('2026-11-22T09:30:00+08:00'),
      confidence: null,
      photo: null,
    });
  });

  it.each([
    ['not base64', 'AAA*'],
    ['cut short', '/9j/2Q='],
    ['not a JPEG', Buffer.from('GIF89a').toString('base64')],
  ])('keeps the read and drops a picture that is %s', async (_name, imageFile) => {
    await endpoint.handle(request(platePush({ imageFile })));
    expect(bench.reads[0]?.photo).toBeNull();
    expect(bench.lines.filter((line) => line.level === 'warn')).toHaveLength(1);
  });

  it.each([[1], ['1'], [true], ['true'], [' TRUE '], [2], ['yes'], [{}]])(
    'marked isoffline %j was kept by the camera',
    async (isoffline) => {
      await endpoint.handle(request(platePush({ isoffline })));
      expect(bench.reads[0]?.stored).toBe(true);
    },
  );

  it.each([[0], ['0'], [false], ['false'], [''], [null], [undefined]])(
    'marked isoffline %j is live',
    async (isoffline) => {
      await endpoint.handle(request(platePush({ isoffline })));
      expect(bench.reads[0]?.stored).toBe(false);
    },
  );

  it.each([[''], ['  '], [null], [undefined]])(
    'with plateid %j has no counter, so that reads are not taken for one',
    async (plateid) => {
      await endpoint.handle(request(platePush({ plateid })));
      expect(bench.reads[0]?.plateId).toBeNull();
    },
  );

  it.each([[1e300], [-5], [4e12]])('with a clock of %d seconds is kept without a time of capture', async (sec) => {
    await endpoint.handle(request(platePush({ timeStamp: { Timeval: { sec, usec: 0 } } })));
    expect(bench.reads.map((read) => read.capturedAt)).toEqual([null]);
  });

  it.each([
    ['broken into lines', { imageFile: '/9j/\r\n2Q==\n' }],
    ['a data URL', { imageFile: 'data:image/jpeg;base64,/9j/2Q==' }],
    ['only the cut-out', { imageFile: '', imageFragmentFile: '/9j/2Q==' }],
  ])('has its picture when that is %s', async (_how, fields) => {
    await endpoint.handle(request(platePush(fields)));
    expect(bench.reads[0]?.photo).toEqual(Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
  });

  it('with several plates in view is the one read of the main plate', async () => {
    const plates = [{ license: '粤B12345' }, { license: '鲁B01C01' }];
    await endpoint.handle(request(platePush({ license: ' 粤B·123 45 ', plates })));
    expect(bench.reads.map((read) => read.plate.text)).toEqual(['粤B12345']);
  });

  it.each([
    ['the zero byte that ends strings in C', `${PLATE_PUSH}\0`],
    ['a byte order mark', `\uFEFF${PLATE_PUSH}`],
  ])('with %s is read', async (_what, body) => {
    const response = await endpoint.handle(request(body));
    expect([response.status, bench.reads.length]).toEqual([200, 1]);
  });

  it('in GBK is read as well', async () => {
    const [before, after] = platePush({ license: '@' }).split('@');
    const gbk = Buffer.concat([
      Buffer.from(before ?? ''),
      Buffer.from('D4C1423132333435', 'hex'),
      Buffer.from(after ?? ''),
    ]);
    const ascii = Buffer.from(gbk.toString('latin1').replace(/"plates":\[.*?\}\],/, ''), 'latin1');
    await endpoint.handle(request(ascii));
    expect(bench.reads[0]?.plate.text).toBe('粤B12345');
  });
});

describe('other messages', () => {
  it('report inputs by their role, with the polarity of the site', async () => {
    await endpoint.handle(request(INPUT_PUSH));
    await endpoint.handle(request(INPUT_PUSH.replace('"source":0', '"source":1')));
    await endpoint.handle(request(INPUT_PUSH.replace('"source":0', '"source":3')));
    expect(bench.inputs).toEqual(['cam1 trigger-loop on', 'cam1 safety-loop off']);
  });

  it('deliver a picture that was asked for, by serial number or by address', async () => {
    await endpoint.handle(
      request(HEARTBEAT, { contentType: 'application/x-www-form-urlencoded', signal: AbortSignal.abort() }),
    );
    const body = (fields: object) => request(JSON.stringify({ TriggerImage: { ...fields, imageFile: '/9j/2Q==' } }));
    await endpoint.handle(body({ serialno: SERIAL }));
    await endpoint.handle(body({ ipaddr: '192.168.1.100' }));
    expect(bench.snapshots).toHaveLength(2);
  });

  it('of a camera we do not know are answered and ignored, and logged once', async () => {
    for (let n = 0; n < 3; n++) {
      const response = await endpoint.handle(request(platePush({}, { serialno: 'stranger' })));
      expect([response.status, json(response)]).toEqual([200, NO]);
    }
    expect(bench.reads).toEqual([]);
    expect(bench.lines.map((line) => line.fields['serialNo'])).toEqual(['stranger']);
  });

  it('of more than two megabytes are read of our own cameras alone; of others only the number is looked for', async () => {
    const imageFile = `/9j/${'A'.repeat(2_000_000)}`;
    await endpoint.handle(request(platePush({ imageFile })));
    expect(bench.reads).toHaveLength(1);
    for (const serialno of ['stranger', 777])
      expect((await endpoint.handle(request(platePush({ imageFile }, { serialno })))).status).toBe(200);
    await endpoint.handle(request(platePush({}, { serialno: 'small' })));
    expect(bench.strangers).toMatchObject([
      { serialNo: 'stranger', plate: null },
      { serialNo: '777', plate: null },
      { serialNo: 'small', plate: { text: '粤B12345' } },
    ]);
    expect(bench.reads).toHaveLength(1);
  });

  it('with more parts than any message has are not read', async () => {
    for (const crowd of [Array(10_000).fill(1), Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [n, 1]))])
      expect((await endpoint.handle(request(platePush({ crowd })))).status).toBe(200);
    const body = [Array(20_001).fill(1), Array(20_001).fill([]), Array(20_001).fill({})];
    for (const crowd of body) {
      const response = await endpoint.handle(request(platePush({ crowd })));
      expect([response.status, json(response)]).toEqual([200, NO]);
    }
    expect(bench.reads).toHaveLength(2);
  });

  it.each([
    ['cut JSON', '{"hello":', 400],
    ['another JSON', '{"hello":1}', 200],
    ['an array', '[1,2]', 200],
    ['a deep nest', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 200],
    ['whole, and broken inside', '{"AlarmInfoPlate":{"deviceName":"a"b"}}', 200],
    ['a plate push without a number', '{"AlarmInfoPlate":{"sn":"x"}}', 200],
    ['nothing', '', 400],
    ['noise', '\u0000\u0001 = &&', 400],
  ])('that cannot be read (%s) get the object cameras need, logged once a minute', async (_name, body, status) => {
    for (let n = 0; n < 3; n++) {
      const response = await endpoint.handle(request(body, { contentType: 'text/plain' }));
      // What came whole is taken: it can never be read, and would come for ever.
      expect([response.status, json(response)]).toEqual([status, NO]);
    }
    expect(bench.lines).toHaveLength(1);
    await bench.clock.advance(60_000);
    await endpoint.handle(request(body, { contentType: 'text/plain' }));
    expect(bench.lines.filter((line) => line.level === 'warn')).toHaveLength(2);
  });
});

describe('a plate that nobody can use', () => {
  const NO_NUMBER = '{"AlarmInfoPlate":{"sn":"x","pass_wd":"geheim","result":{"PlateResult":{"license":"粤B12345"}}}}';
  const warnings = () => bench.lines.filter(({ level }) => level === 'warn');

  it('is a fault of the camera that it is known to be of, its bytes in the trace, until one can be read', async () => {
    const odd = PLATE_PUSH.replace('"result"', '"results"');
    for (let n = 0; n < 2; n++) expect((await endpoint.handle(request(odd))).status).toBe(200);
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 相机上报的车牌消息读不懂')]);
    expect(bench.exchanges.map(({ bytes }) => Buffer.from(bytes).toString())).toContain(odd);
    expect(warnings()).toHaveLength(1);
    expect((await endpoint.handle(request(PLATE_PUSH.slice(0, 400)))).status).toBe(400);
    await endpoint.handle(request(PLATE_PUSH));
    expect(bench.faults.at(-1)).toBe('cam1 firmware over');
  });

  it('without a number is a fault of the only camera that calls from there; of nobody, it is in the log', async () => {
    await endpoint.handle(request(NO_NUMBER, { remote: '10.9.9.9' }));
    expect(warnings().at(-1)?.fields['raw']).toContain('"license":"粤B12345"');
    expect(JSON.stringify(bench.lines)).not.toContain('geheim');
    expect(bench.faults).toEqual([]);
    await endpoint.handle(request(PLATE_PUSH));
    await endpoint.handle(request(NO_NUMBER));
    expect(bench.faults).toHaveLength(1);
    expect(bench.reads).toHaveLength(1);
  });

  it('and is kept by the camera is acknowledged, so that the next one comes', async () => {
    const stored = PLATE_PUSH.replace('"isoffline":0', '"isoffline":1').replace(
      '"AlarmInfoPlate":{',
      '"AlarmInfoPlate":{,',
    );
    const done = { info: 'no', ContinuePushOffline: { plateid: 10234, continue: 1 } };
    expect(json(await endpoint.handle(request(stored)))).toEqual({ Response_AlarmInfoPlate: done });
    expect(bench.reads).toEqual([]);
  });

  it('because it can never be stored counts as taken, with a fault, its bytes in the log', async () => {
    bench.onPlate = () => {
      throw new UnfitError('plate-read: no');
    };
    for (let n = 0; n < 2; n++) {
      const answer = await endpoint.handle(request(PLATE_PUSH.replace('"isoffline":0', '"isoffline":1')));
      expect([answer.status, JSON.stringify(json(answer))]).toEqual([200, expect.stringContaining('"continue":1')]);
    }
    const errors = bench.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ fields }) => 'raw' in fields)).toEqual([true, false]);
    expect(errors[0]?.fields).toMatchObject({ isForGood: true, raw: expect.stringContaining('"plateid":10234') });
    expect(bench.faults).toEqual([expect.stringContaining('cam1 firmware 有一次识别的内容无法保存')]);
  });

  it('because of our own trouble is told to come again', async () => {
    bench.onPlate = () => {
      throw new Error('disk full');
    };
    expect((await endpoint.handle(request(PLATE_PUSH))).status).toBe(500);
    expect(bench.faults).toEqual([]);
  });
});

it('two cameras cannot have the same serial number', () => {
  const twin = new VzenithCamera('cam2', vzenithHttp.settings.parse({ serialNo: SERIAL }), bench.deps);
  expect(() => new VzenithEndpoint([camera, twin], bench)).toThrow(/cam1 and cam2/);
});

describe('whatever arrives', () => {
  const anyBody = fc.oneof(
    // An empty one from a known camera is a comet poll, which waits.
    fc
      .uint8Array({ maxLength: 200 })
      .filter((bytes) => Buffer.from(bytes).toString().replaceAll('\0', '').trim() !== ''),
    fc.json().map((text) => Buffer.from(text)),
    fc.record({ at: fc.nat(PLATE_PUSH.length), byte: fc.nat(255) }).map(({ at, byte }) => {
      const bytes = Buffer.from(PLATE_PUSH);
      bytes[at] = byte;
      return bytes;
    }),
    fc.integer({ min: 1, max: PLATE_PUSH.length }).map((length) => Buffer.from(PLATE_PUSH.slice(0, length))),
    fc
      .dictionary(
        fc.constantFrom('license', 'plateid', 'confidence', 'timeStamp', 'imageFile', 'isoffline'),
        fc.jsonValue(),
      )
      .map((fields) => Buffer.from(platePush(fields))),
  );

  it('is answered with the object that cameras need and never opens anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyBody,
        fc.constantFrom('application/json', 'multipart/form-data; boundary=x', ''),
        async (body, contentType) => {
          const response = await endpoint.handle(request(body, { contentType }));
          expect([200, 400]).toContain(response.status);
          expect(json(response)).toMatchObject(NO);
        },
      ),
      { numRuns: 400 },
    );
  });
});
