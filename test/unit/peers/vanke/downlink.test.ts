import { describe, expect, test } from 'vitest';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import type { Call, CallOptions, Cloud } from '../../../peers/vanke/index.ts';
import { crossing, DAY, GATE, NOW, page, reading, world } from './support.ts';

const LINES = [
  { text: '闽D782WY', alignment: 'left' },
  { text: '临停车', alignment: 'center' },
] as const;

describe('the nine interfaces', () => {
  test('as their tables have them', async () => {
    const { cloud, park } = await world();
    park.answers = {
      queryPlaceStatus: page([
        { placeNo: 'A-001', placeStatus: 'occupy', image: tinyJpeg().toString('base64'), plateNumber: '粤B12345' },
        { placeNo: 'A-002', placeStatus: 'vacancy', image: '', plateNumber: '' },
        { placeNo: 'A-003', placeStatus: 'unusual' },
      ]),
      queryUnPushCrossInfo: page([crossing(1), crossing(2, { plateNumber: '', color: 'other' })]),
      queryUnPushRecognitionInfo: page([reading(1), reading(2)]),
      ...Object.fromEntries(
        ['queryInOutRecord', 'queryInOutPayRecord', 'queryPrePayRecord'].map((name) => [
          name,
          { respCode: '1', respDesc: 'not supported' },
        ]),
      ),
    };
    const calls = [
      await cloud.openGate(GATE),
      await cloud.showMsg({ deviceNo: 'DWWE10232', lines: LINES }),
      await cloud.placeStatus(),
      await cloud.unPushCross(DAY),
      await cloud.unPushRecognition({ beginTime: NOW - 36_000_000, endTime: NOW }),
      await cloud.inOutRecord({ ...DAY, plateNumber: '粤B' }),
      await cloud.inOutPayRecord(DAY),
      await cloud.prePayRecord(DAY),
      await cloud.checkConnect(),
    ];
    expect(calls.flatMap((call) => [...call.violations, ...call.doubts])).toEqual([]);
    expect(calls.map(({ answer }) => answer?.respCode).join('')).toBe('000001110');
    expect([...cloud.violations, ...cloud.doubts, ...cloud.unanswered()]).toEqual([]);
    expect(park.heard.map(({ path }) => path)).toEqual([
      ...['receiveOpenGate', 'receiveShowMsg', 'queryPlaceStatus', 'queryUnPushCrossInfo'].map(
        (name) => `/any/prefix/${name}`,
      ),
      ...['queryUnPushRecognitionInfo', 'queryInOutRecord', 'queryInOutPayRecord'].map((name) => `/any/prefix/${name}`),
      ...['/any/prefix/queryPrePayRecord', '/any/prefix/checkConnect'],
    ]);
    expect(park.heard[0]).toMatchObject({ method: 'POST', contentType: 'application/json' });
    expect(park.heard[0]?.json).toEqual({
      ...{ version: '1.0', token: '06fe8ef4eae5a2ad8d8047367aa0bdd9', parkingLotId: 'PL0001' },
      ...{ time: '20260302 10:00:00', ...GATE },
    });
    expect(park.heard[1]?.json?.['msg']).toEqual(LINES);
    expect(park.heard[4]?.json).toMatchObject({ beginTime: '20260302 00:00:00', endTime: '20260302 10:00:00' });
  });

  test('odd spellings that are legal', async () => {
    const { cloud, park } = await world();
    await cloud.openGate(GATE, { openModeAs: 'number', upperToken: true, charset: true, extra: { ext: { a: 1 } } });
    await cloud.showMsg({ deviceNo: 'D', lines: LINES, asText: true });
    park.answers = { queryPlaceStatus: page([], { pageSize: 100 }) };
    await cloud.placeStatus({ pageSize: 500, currentPage: 1 }, { numbersAs: 'string' });
    await cloud.openGate(GATE, { staleBySeconds: 300 });
    expect(cloud.calls.every(({ legal }) => legal)).toBe(true);
    const [first, second, third, fourth] = park.heard;
    expect(first?.json).toMatchObject({ openMode: 2, ext: { a: 1 }, token: '06FE8EF4EAE5A2AD8D8047367AA0BDD9' });
    expect(first?.contentType).toBe('application/json;charset=UTF-8');
    expect(second?.json?.['msg']).toBe(JSON.stringify(LINES));
    expect(third?.json).toMatchObject({ pageSize: '500', currentPage: '1' });
    expect(fourth?.json?.['time']).toBe('20260302 09:55:00');
    expect([...cloud.violations, ...cloud.doubts]).toEqual([]);
  });

  test.each<[string, (cloud: Cloud) => Promise<Call>]>([
    ['a wrong token', (cloud) => cloud.openGate(GATE, { token: 'wrong' })],
    ['no token', (cloud) => cloud.openGate(GATE, { token: 'missing' })],
    ['an old token', (cloud) => cloud.openGate(GATE, { token: 'of-another-time' })],
    ['an old time', (cloud) => cloud.openGate(GATE, { staleBySeconds: 301 })],
    ['a time to come', (cloud) => cloud.openGate(GATE, { staleBySeconds: -301 })],
    ['another car park', (cloud) => cloud.openGate(GATE, { parkingLotId: 'PL0002' })],
    ['no device', (cloud) => cloud.openGate(GATE, { omit: ['deviceNo'] })],
    ['no mode', (cloud) => cloud.openGate({ deviceNo: 'LPR-E01', plateNumber: '粤B12345' })],
    ['an unknown mode', (cloud) => cloud.openGate({ ...GATE, openMode: '4' })],
    ['GET', (cloud) => cloud.openGate(GATE, { method: 'GET' })],
    ['text', (cloud) => cloud.openGate(GATE, { contentType: 'text/plain' })],
    ['broken JSON', (cloud) => cloud.openGate(GATE, { shape: 'broken' })],
    ['an array', (cloud) => cloud.openGate(GATE, { shape: 'array' })],
    ['nothing', (cloud) => cloud.openGate(GATE, { shape: 'empty' })],
    ['two million bytes', (cloud) => cloud.openGate(GATE, { padding: 2_000_000 })],
    ['no such time', (cloud) => cloud.unPushCross({ beginTime: '2026-03-02 00:00:00' })],
    ['no beginning', (cloud) => cloud.unPushCross(DAY, { omit: ['beginTime'] })],
  ])('not to be acted on: %s', async (_, ask) => {
    const { cloud, park } = await world();
    expect((await ask(cloud)).legal).toBe(false);
    expect(cloud.violations).toMatchObject([{ rule: 'accepted', direction: 'down' }]);
    park.raw = { status: 200, body: '{"respCode":"1","respDesc":"no"}' };
    await ask(cloud);
    expect(cloud.violations).toHaveLength(1);
    expect([...cloud.doubts, ...cloud.unanswered()]).toEqual([]);
  });

  test.each<[string, (cloud: Cloud) => Promise<Call>]>([
    ['no page', (cloud) => cloud.placeStatus({ currentPage: 0 })],
    ['no rows', (cloud) => cloud.placeStatus({ pageSize: -1 })],
    ['another state', (cloud) => cloud.placeStatus({ placeStatus: 'free' })],
    ['the end first', (cloud) => cloud.unPushCross({ ...DAY, endTime: '20260301 00:00:00' })],
    ['another alignment', (cloud) => cloud.showMsg({ deviceNo: 'D', lines: [{ text: 'a', alignment: 'top' }] })],
    ['no lines', (cloud) => cloud.showMsg({ deviceNo: 'D', lines: [], asText: true })],
    ['deep', (cloud) => cloud.checkConnect({ nested: 10 })],
  ])('left open: %s', async (_, ask) => {
    const { cloud } = await world();
    expect((await ask(cloud)).legal).toBeNull();
    expect([...cloud.violations, ...cloud.doubts, ...cloud.unanswered()]).toEqual([]);
  });

  test('a body that breaks off is no JSON, one that is too deep is', async () => {
    const { cloud, park } = await world();
    await cloud.checkConnect({ shape: 'broken' });
    expect(park.heard[0]?.json).toBeNull();
    const deep = await cloud.checkConnect({ nested: 2_000 });
    expect(deep.legal).toBeNull();
    expect(park.heard[1]?.json).toHaveProperty('deep');
    park.raw = { status: 500, body: '' };
    await cloud.openGate(GATE, { token: 'wrong' });
    expect(cloud.doubts).toMatchObject([{ rule: 'answer' }]);
    const [call] = cloud.calls;
    if (call) await cloud.replay(call);
    expect(park.heard[3]?.body).toBe(park.heard[0]?.body);
  });
});

describe('faults on the way down', () => {
  const one: CallOptions = { timeoutMs: 300 };

  test.each([
    [{ kind: 'request-lost' }, 0, /^request-lost/],
    [{ kind: 'down' }, 0, /^down/],
    [{ kind: 'answer-lost' }, 1, /^answer-lost/],
    [{ kind: 'cut' }, 0, /^cut/],
    [{ kind: 'silence' }, 0, /^no answer/],
    [{ kind: 'silence', processed: true }, 1, /^no answer/],
    [{ kind: 'slow-body', ms: 20 }, 1, null],
    [{ kind: 'delay', ms: 5 }, 1, null],
  ] as const)('%o', async (fault, delivered, error) => {
    const { cloud, park } = await world();
    cloud.fault(fault, { direction: 'down', interface: 'receiveOpenGate', times: 1 });
    const call = await cloud.openGate(GATE, one);
    if (error) expect(call.error).toMatch(error);
    else expect(call.answer?.respCode).toBe('0');
    expect(park.heard).toHaveLength(delivered);
    expect(cloud.violations).toEqual([]);
    expect((await cloud.openGate(GATE)).answer?.respCode).toBe('0');
  });
});
