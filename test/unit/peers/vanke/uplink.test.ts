import { describe, expect, test } from 'vitest';
import { ALARM, CROSS, READ, type Written, world } from './support.ts';

const rules = (list: readonly { readonly rule: string }[]): string[] => list.map(({ rule }) => rule);

describe('the three interfaces', () => {
  test('a whole passage without a fault: refused twice, allowed, crossed', async () => {
    const { cloud, park, clock } = await world();
    cloud.plate('粤B12345').set({ decision: { refuse: 2 } });
    const said: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      said.push(await park.says('receivePlateNumber', READ));
      await clock.advance(2_000);
    }
    expect(said).toEqual(['1', '1', '0']);
    expect(await park.says('receiveCrossGate', { ...CROSS, crossTime: '20260302 10:00:05' })).toBe('0');
    expect(await park.says('receiveAbnormal', ALARM)).toBe('0');
    expect([...cloud.violations, ...cloud.doubts]).toEqual([]);
    expect(cloud.recognitions()).toMatchObject([
      {
        ...{ plateNumber: '粤B12345', decided: 3, reliability: 98 },
        sends: [
          { time: '20260302 10:00:00', answer: '1', result: 'heard' },
          { time: '20260302 10:00:02', answer: '1', result: 'heard' },
          { time: '20260302 10:00:04', answer: '0', result: 'heard' },
        ],
      },
    ]);
    expect(cloud.crossings()).toMatchObject([{ crossTime: '20260302 10:00:05' }]);
    expect(cloud.abnormals()).toMatchObject([{ code: '1101', deviceNo: 'DWWE10232', answeredAs: 1 }]);
    expect(cloud.books.differences([{ plateNumber: '粤B12345' }])).toEqual([]);
    expect(cloud.crossedUnallowed()).toEqual([]);
  });

  test('whom the cloud lets in: plates, everybody, a question', async () => {
    const { cloud, park } = await world();
    const ask = (plateNumber: string, uuid: string) => park.says('receivePlateNumber', { ...READ, plateNumber, uuid });
    cloud.decision = 'refuse';
    cloud.plate('粤B00001').set({ decision: 'allow' });
    expect([await ask('粤B00001', 'a'), await ask('粤B00002', 'b')]).toEqual(['0', '1']);
    const asked: string[] = [];
    cloud.decide = ({ plateNumber }, nth) => {
      asked.push(`${plateNumber} ${nth}`);
      return 'allow';
    };
    cloud.plate('粤B00001').set({ decision: 'refuse' });
    expect([await ask('粤B00001', 'c'), await ask('粤B00002', 'd')]).toEqual(['1', '0']);
    expect(asked).toEqual(['粤B00002 1']);
    cloud.plate('粤B00002').set({ decision: 'never' });
    expect(await park.tries('receivePlateNumber', { ...READ, plateNumber: '粤B00002', uuid: 'e' }, 200)).toBe(
      'no answer',
    );
  });

  test('a will may take its time, on the clock of the test', async () => {
    const { cloud, park, clock } = await world();
    cloud.plate('粤B12345').set({ delayMs: 60_000 });
    const answer = park.says('receivePlateNumber', READ);
    await cloud.waitFor(() => cloud.log.length === 1, 'recognition');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await clock.advance(59_999);
    expect(cloud.recognitions()[0]?.sends[0]?.result).toBe('pending');
    await clock.advance(1);
    expect(await answer).toBe('0');
  });
});

describe('faults in the envelope', () => {
  test.each<[string, Written, string]>([
    ['PUT', { method: 'PUT' }, 'method'],
    ['a form', { contentType: 'application/x-www-form-urlencoded' }, 'content-type'],
    ['GBK', { contentType: 'application/json;charset=GBK' }, 'content-type'],
    ['no type', { contentType: '' }, 'content-type'],
    ['a query', { query: '?a=1' }, 'query'],
    ['another secret', { secret: 'x' }, 'token'],
    ['no JSON', { body: '{"version":' }, 'json'],
    ['an array', { body: '[]' }, 'json'],
    ['GBK bytes', { body: Buffer.from('7b2261223a22d4c1227d', 'hex') }, 'json'],
    ['a BOM', { body: '\ufeff{}' }, 'json'],
    ['no version', { omit: ['version'] }, 'presence'],
    ['no appId', { omit: ['appId'] }, 'presence'],
    ['a clock that is slow', { behindMs: 61_000 }, 'time'],
    ['a clock that is fast', { behindMs: -62_000 }, 'time'],
  ])('%s', async (_, how, rule) => {
    const { cloud, park } = await world();
    const answer = await park.send('receivePlateNumber', { ...READ, recognitionTime: '20260302 09:58:00' }, how);
    expect(answer).toMatchObject({ http: 200, json: { respCode: '1' } });
    expect(rules(cloud.violations)).toContain(rule);
    expect(cloud.violations).toHaveLength(1);
    expect(cloud.recognitions()).toEqual([]);
    expect(cloud.log).toMatchObject([{ outcome: 'refused', answer: '1' }]);
  });

  test('charset in any spelling, and a path prefix', async () => {
    const { cloud, park } = await world({ prefix: '/vanke/v1' });
    expect(cloud.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/vanke\/v1$/);
    expect(await park.says('receivePlateNumber', READ, { contentType: 'application/json; charset=utf-8' })).toBe('0');
    expect(cloud.violations).toEqual([]);
    expect(await park.says('receiveplatenumber', READ)).toBe('1');
    expect(rules(cloud.violations)).toEqual(['unknown-interface']);
  });

  test('a lenient cloud notes and goes on', async () => {
    const { cloud, park } = await world();
    cloud.strict = false;
    expect(await park.says('receivePlateNumber', { ...READ, color: 'other', plateNumber: '' }, { query: '?x' })).toBe(
      '0',
    );
    expect(await park.says('receivePlateNumber', { ...READ, uuid: 'b', reliability: 'x' })).toBe('1');
    expect(rules(cloud.violations)).toEqual(['query', 'type']);
    expect(cloud.recognitions()).toHaveLength(1);
  });
});

describe('faults in a field', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['receivePlateNumber', { version: '1' }, 'code', 'version'],
    ['receivePlateNumber', { appId: '1' }, 'app-id', 'appId'],
    ['receivePlateNumber', { parkingLotId: 'PL0002' }, 'parking-lot', 'parkingLotId'],
    ['receivePlateNumber', { parkingLotId: 1 }, 'type', 'parkingLotId'],
    ['receivePlateNumber', { uuid: '' }, 'presence', 'uuid'],
    ['receivePlateNumber', { uuid: undefined }, 'presence', 'uuid'],
    ['receivePlateNumber', { plateNumber: undefined }, 'presence', 'plateNumber'],
    ['receivePlateNumber', { plateNumber: null }, 'type', 'plateNumber'],
    ['receivePlateNumber', { plateNumber: '粤B12345 ' }, 'format', 'plateNumber'],
    ['receivePlateNumber', { plateNumber: '' }, 'code', 'color'],
    ['receivePlateNumber', { color: '蓝' }, 'code', 'color'],
    ['receivePlateNumber', { color: 'Blue' }, 'code', 'color'],
    ['receivePlateNumber', { reliability: '98' }, 'type', 'reliability'],
    ['receivePlateNumber', { reliability: 0.98 }, 'type', 'reliability'],
    ['receivePlateNumber', { reliability: 101 }, 'format', 'reliability'],
    ['receivePlateNumber', { reliability: null }, 'type', 'reliability'],
    ['receivePlateNumber', { image: '/img/1.jpg' }, 'format', 'image'],
    ['receivePlateNumber', { image: '' }, 'presence', 'image'],
    ['receivePlateNumber', { image: '/9j/4AAQ' }, 'format', 'image'],
    ['receivePlateNumber', { image: { url: 'http://a.example/1' } }, 'type', 'image'],
    ['receivePlateNumber', { recognitionTime: '2026-03-02 09:59:59' }, 'format', 'recognitionTime'],
    ['receivePlateNumber', { recognitionTime: '20260302 10:00:01' }, 'time', 'recognitionTime'],
    ['receivePlateNumber', { laneNo: '1' }, 'unknown-field', 'laneNo'],
    ['receiveCrossGate', { crossTime: '20260302 10:00:01' }, 'time', 'crossTime'],
    ['receiveCrossGate', { crossTime: '20260302 09:59:58' }, 'time', 'crossTime'],
    ['receiveCrossGate', { uuid: 'unheard-of' }, 'unknown-uuid', 'uuid'],
    ['receiveCrossGate', { color: undefined }, 'presence', 'color'],
    ['receiveAbnormal', { abnormalCode: '1302' }, 'code', 'abnormalCode'],
    ['receiveAbnormal', { abnormalCode: 1101 }, 'type', 'abnormalCode'],
    ['receiveAbnormal', { abnormalCode: '1201' }, 'template', 'msg'],
    ['receiveAbnormal', { msg: '东二门01道的显示屏【DWWE10232】连接异常!' }, 'template', 'msg'],
    ['receiveAbnormal', { msg: '门道的显示屏【DWWE10232】连接异常！' }, 'template', 'msg'],
    ['receiveAbnormal', { deviceNo: 'DWWE10233' }, 'template', 'msg'],
    ['receiveAbnormal', { deviceNo: undefined }, 'presence', 'deviceNo'],
    ['receiveAbnormal', { abnormalCode: '1401' }, 'template', 'msg'],
  ])('%s %o', async (name, change, rule, field) => {
    const { cloud, park } = await world();
    if (name === 'receiveCrossGate') await park.send('receivePlateNumber', READ);
    const whole = { receivePlateNumber: READ, receiveCrossGate: CROSS, receiveAbnormal: ALARM }[name];
    expect(await park.says(name, { ...whole, ...change })).toBe('1');
    expect(cloud.violations).toMatchObject([{ rule, field, interface: name, direction: 'up' }]);
  });

  test('an upper-case token is right and badly written', async () => {
    const { cloud, park } = await world();
    const { token } = park.signed(READ);
    await park.send('receivePlateNumber', { ...READ, token: String(token).toUpperCase() });
    expect(cloud.violations).toMatchObject([{ rule: 'format', field: 'token' }]);
  });

  test.each([
    ['receivePlateNumber', { ...READ, plateNumber: '', color: 'other' }],
    ['receivePlateNumber', { ...READ, reliability: undefined }],
    ['receivePlateNumber', { ...READ, reliability: 0 }],
    ['receiveCrossGate', { ...CROSS, uuid: 'new', plateNumber: '', color: 'other' }],
    ['receiveAbnormal', { abnormalCode: '1401', msg: '东二门01道车辆压线圈过长！' }],
    ['receiveAbnormal', { abnormalCode: '1401', deviceNo: '', msg: '东二门01道车辆压线圈过长！' }],
    ['receiveAbnormal', { abnormalCode: '1301', deviceNo: 'B-1', msg: '北门 出口道的栏杆机【B-1】连接异常！' }],
    ['receiveAbnormal', { abnormalCode: '1201', deviceNo: 'L-1', msg: '西门入口道的车牌识别器【L-1】连接异常！' }],
  ])('all right: %s %o', async (name, fields) => {
    const { cloud, park } = await world();
    expect(await park.says(name, fields)).toBe('0');
    expect([...cloud.violations, ...cloud.doubts]).toEqual([]);
  });
});
