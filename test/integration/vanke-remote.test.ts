import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { deviceStateSchema } from '../../shared/contract/devices.ts';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import type { CallOptions } from '../peers/vanke/index.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';
import { type Car, PROMPT_MS, rest } from '../support/vanke-gate.ts';
import { displayOf, readerOf } from '../support/vanke-site.ts';

const POLL = { pollSeconds: 1 };
const MANY = 25;
const events = z.array(eventViewSchema);

/** What the cloud asks by itself: arms, displays, queries; measured where it happens. */
describe('called by the cloud', () => {
  let park: CarPark;
  const began = Date.now();
  beforeAll(async () => {
    park = await CarPark.open({
      cloud: {
        displays: true,
        lanes: {
          ...{ in1: POLL, out1: POLL, in2: POLL, in3: POLL, in4: POLL, in5: POLL, in6: POLL, out6: POLL },
          ...{ in7: POLL, in8: POLL, in9: null },
        },
        settings: {
          push: { tries: 2, gapMs: 100 },
          places: [
            { no: 'A-001', plates: ['粤B41001'] },
            { no: 'A-002', plates: ['粤B41002', '粤B41003'] },
            { no: 'A-003', plates: ['粤B41004'], outOfUse: true },
            ...Array.from({ length: 120 }, (_, index) => ({ no: `B-${index + 1}`, plates: [`粤C${10_000 + index}`] })),
          ],
          placeImage: true,
        },
      },
    });
    park.cloud.pace.pollMs = 1_000;
  });
  afterAll(() => park.close());

  const openGate = (laneId: string, openMode: string | undefined, plateNumber?: string) =>
    park.cloud.openGate({
      deviceNo: readerOf(laneId),
      ...(openMode === undefined ? {} : { openMode }),
      ...(plateNumber === undefined ? {} : { plateNumber }),
    });
  const code = async (call: ReturnType<typeof openGate>) => (await call).answer?.respCode;
  /** What stands in the journal of a lane as the platform's doing. */
  const doneByCloud = async (laneId: string, kind: string) =>
    (await park.station.get(events, `/events?kind=${kind}&laneId=${laneId}&limit=500`)).filter(
      ({ actor }) => actor.kind === 'platform' && actor.name === 'vanke',
    );
  const openings = (laneId: string) => park.gate(laneId).camera.arm.openings.length;
  async function refusedAt(laneId: string, text: string): Promise<Car> {
    park.cloud.plate(text).set({ decision: 'refuse' });
    const car = await park.gate(laneId).comes(text);
    await car.askedTimes(1);
    return car;
  }

  describe.concurrent('receiveOpenGate', () => {
    test('mode 3 opens whoever stands there, or nobody; each time anew', async () => {
      const call = await openGate('in1', '3');
      expect(call.answer).toMatchObject({ respCode: '0', respDesc: '' });
      await park.gate('in1').camera.waitFor(() => openings('in1') === 1, 'the arm');
      expect((park.gate('in1').camera.arm.openings[0]?.at ?? 0) - call.at).toBeLessThan(PROMPT_MS);
      // The same bytes again are the same wish again.
      expect((await park.cloud.replay(call)).answer).toMatchObject({ respCode: '0' });
      await park.gate('in1').camera.waitFor(() => openings('in1') === 2, 'the arm again');
      const car = await refusedAt('in1', '粤B40001');
      expect(await code(openGate('in1', '3'))).toBe('0');
      await car.opened();
      await car.crosses();
      await car.crossingTold();
      expect(car.openings).toHaveLength(1);
      expect((await park.stays('粤B40001')).map(({ status }) => status)).toEqual(['inside']);
      const told = await doneByCloud('in1', 'gate-commanded');
      expect(told.map(({ body }) => [body['action'], body['origin']])).toEqual(Array(3).fill(['open', 'platform']));
    });

    test('mode 2 opens for the car with this plate only', async () => {
      expect(await code(openGate('in2', '2', '粤B40002'))).toBe('1');
      const car = await refusedAt('in2', '粤B40002');
      expect(await code(openGate('in2', '2', '粤B40003'))).toBe('1');
      expect(await code(openGate('in2', undefined, '粤B40002'))).toBe('1');
      expect(await code(openGate('in2', undefined))).toBe('1');
      expect(await code(openGate('in2', '4', '粤B40002'))).toBe('1');
      // The right plate, but at the lane beside it.
      expect(await code(openGate('in8', '2', '粤B40002'))).toBe('1');
      await rest(300);
      expect([car.openings.length, openings('in8')]).toEqual([0, 0]);
      expect(await code(openGate('in2', '2', '粤B40002'))).toBe('0');
      await car.opened();
      await car.crosses();
      await car.crossingTold();
      expect(car.openings).toHaveLength(1);
      const wishes = await doneByCloud('in2', 'gate-refused');
      expect(new Set(wishes.map(({ body }) => body['plate']))).toEqual(new Set(['粤B40002', '粤B40003']));
      expect(wishes).toHaveLength(2);
      expect(await doneByCloud('in8', 'gate-refused')).toHaveLength(1);
      // The log of doings (操作日志): what a platform did to an arm from afar stands beside what people did.
      const log = await park.station.get(events, '/audit?limit=500&laneId=in2&user=vanke');
      const kinds = log.map(({ kind }) => kind);
      expect(kinds.sort()).toEqual(['gate-commanded', 'gate-refused', 'gate-refused']);
    });

    test('mode 2 without a plate is forced; for a car that has left it is not', async () => {
      const car = await refusedAt('in3', '粤B40004');
      await car.turnsAway();
      expect(await code(openGate('in3', '2', '粤B40004'))).toBe('1');
      expect(openings('in3')).toBe(0);
      expect(await code(openGate('in3', '2', ''))).toBe('0');
      expect(await code(openGate('in3', '2'))).toBe('0');
      await park.gate('in3').camera.waitFor(() => openings('in3') === 2, 'both openings');
      // The two seconds in which it might come back are over, and nobody asked on meanwhile.
      const asked = car.recognition.sends.length;
      await park.laneWhen('in3', 'idle', ({ phase }) => phase === 'idle');
      expect(car.recognition.sends.length).toBe(asked);
      expect(await park.stays('粤B40004')).toEqual([]);
    });

    test('mode 0 keeps it open: cars are told, nobody polls; mode 1: one lift for each car again', async () => {
      const gate = park.gate('in4');
      expect(await code(openGate('in4', '0'))).toBe('0');
      await gate.camera.waitFor(() => gate.camera.arm.held, 'the arm is held');
      const pulses = gate.camera.arm.pulses.length;
      expect(await code(openGate('in4', '0'))).toBe('0');
      expect(await code(openGate('in4', '3'))).toBe('0');
      for (const text of ['粤B40005', '粤B40006']) {
        park.cloud.plate(text).set({ decision: 'refuse' });
        const car = await gate.comes(text);
        await car.askedTimes(1);
        await car.crosses();
        await car.crossingTold();
        await rest(1_300);
        expect(
          car.recognition.sends.map(({ answer }) => answer),
          text,
        ).toEqual(['1']);
        expect((await park.stays(text)).map(({ status }) => status)).toEqual(['inside']);
      }
      expect(gate.camera.arm.pulses).toHaveLength(pulses);
      expect(gate.camera.arm).toMatchObject({ held: true, state: 'open' });
      expect(await code(openGate('in4', '1'))).toBe('0');
      await gate.camera.waitFor(() => !gate.camera.arm.held, 'the arm is let go');
      const car = await refusedAt('in4', '粤B40007');
      await car.askedTimes(2);
      expect(car.openings).toEqual([]);
      park.cloud.plate('粤B40007').set({ decision: 'allow' });
      await car.opened();
      await car.crosses();
      await car.crossingTold();
    });

    test('who does not know the secret, speaks of another time, device or car park moves nothing', async () => {
      const gate = { deviceNo: readerOf('in5'), openMode: '3' } as const;
      const { cloud } = park;
      const calls: readonly CallOptions[] = [
        ...[{ token: 'wrong' } as const, { token: 'missing' } as const, { token: 'of-another-time' } as const],
        ...[{ staleBySeconds: 301 }, { staleBySeconds: -310 }, { parkingLotId: 'PL0002' }, { method: 'GET' }],
        ...[{ shape: 'broken' } as const, { shape: 'array' } as const, { contentType: 'text/plain' }],
      ];
      for (const spelling of calls) {
        const { answer } = await cloud.openGate(gate, spelling);
        expect(answer?.respCode ?? '1', JSON.stringify(spelling)).toBe('1');
      }
      expect((await cloud.openGate({ deviceNo: 'LPR-99', openMode: '3' })).answer?.respCode).toBe('1');
      // A lane that the manager did not give to it.
      expect((await cloud.openGate({ deviceNo: readerOf('in9'), openMode: '3' })).answer?.respCode).toBe('1');
      await rest(300);
      expect([openings('in5'), openings('in9')]).toEqual([0, 0]);
      expect(await doneByCloud('in9', 'gate-refused')).toHaveLength(1);
      // Odd, and right all the same.
      const odd = {
        upperToken: true,
        openModeAs: 'number',
        charset: true,
        extra: { 备注: 'x' },
        staleBySeconds: 250,
      } as const;
      expect((await cloud.openGate(gate, odd)).answer?.respCode).toBe('0');
      await park.gate('in5').camera.waitFor(() => openings('in5') === 1, 'the arm');
    });
  });

  describe.concurrent('displays and queries', () => {
    const showing = async (laneId: string) =>
      (await park.station.get(deviceStateSchema, `/devices/led-${laneId}`)).showing;

    test('receiveShowMsg: lines with their alignment, blanks as they came, as array or text', async () => {
      const lines = [
        { text: '闽D782WY', alignment: 'left' },
        { text: '  临停车 ', alignment: 'center' },
        { text: '欢迎光临', alignment: 'right' },
      ] as const;
      for (const asText of [false, true]) {
        const laneId = asText ? 'out6' : 'in6';
        const { answer } = await park.cloud.showMsg({ deviceNo: displayOf(laneId), lines, asText });
        expect(answer).toMatchObject({ respCode: '0' });
        expect(await showing(laneId)).toEqual(lines);
      }
      expect((await park.cloud.showMsg({ deviceNo: 'DWWE-99', lines })).answer?.respCode).toBe('1');
      const crooked = [{ text: 'x', alignment: 'justify' }];
      expect((await park.cloud.showMsg({ deviceNo: displayOf('in6'), lines: crooked })).answer?.respCode).toBe('1');
      expect(await showing('in6')).toEqual(lines);
    });

    test('queryPlaceStatus: which spaces are taken, with picture, filters and pages', async () => {
      const { cloud } = park;
      const car = await park.gate('in7').comes('粤B41003');
      await car.opened();
      await car.crosses();
      await car.crossingTold();
      const first = await cloud.placeStatus();
      expect(first.answer).toMatchObject({ total: 123, pageSize: 10, currentPage: 1 });
      expect(first.answer?.data.slice(0, 4)).toMatchObject([
        { placeNo: 'A-001', placeStatus: 'vacancy' },
        { placeNo: 'A-002', placeStatus: 'occupy', plateNumber: '粤B41003', image: expect.stringMatching(/^\/9j\//) },
        { placeNo: 'A-003', placeStatus: 'unusual' },
        { placeNo: 'B-1', placeStatus: 'vacancy' },
      ]);
      expect((await cloud.placeStatus({ placeStatus: 'occupy' })).answer?.data).toHaveLength(1);
      expect((await cloud.placeStatus({ placeNo: 'B-120' })).answer).toMatchObject({ total: 1 });
      expect((await cloud.placeStatus({ pageSize: 1000 })).answer).toMatchObject({ pageSize: 100, total: 123 });
      expect((await cloud.placeStatus({ pageSize: 100, currentPage: 2 })).answer?.data).toHaveLength(23);
      expect((await cloud.placeStatus({ pageSize: 100, currentPage: 3 })).answer?.data).toEqual([]);
    });

    test('checkConnect, and the three that nobody supports', async () => {
      const { cloud } = park;
      expect((await cloud.checkConnect()).answer).toMatchObject({ respCode: '0' });
      expect((await cloud.checkConnect({ token: 'wrong' })).answer).toMatchObject({ respCode: '1' });
      const period = { beginTime: began, endTime: Date.now() };
      for (const call of [
        await cloud.inOutRecord({ ...period, plateNumber: '粤B41003' }),
        await cloud.inOutPayRecord(period),
        await cloud.prePayRecord(period),
      ])
        expect(call).toMatchObject({ http: 200, answer: { respCode: '1', respDesc: 'not supported' } });
    });

    test(`queryUnPushCrossInfo over ${MANY} failed crossings, page by page, and nothing is changed by it`, async () => {
      const { cloud } = park;
      cloud.fault(
        { kind: 'request-lost' },
        { interface: 'receiveCrossGate', only: ({ plate }) => plate.startsWith('粤P') },
      );
      const gate = park.gate('out1');
      const plates = Array.from({ length: MANY }, (_, index) => `粤P${42_000 + index}`);
      for (const text of plates) {
        const car = await gate.comes(text);
        await car.opened();
        await car.crosses();
      }
      const failed = async () => (await park.outbox('&status=given-up')).items.length;
      await until('all have failed', async () => (await failed()) >= MANY, 10_000);
      const usual = await cloud.allUnPushCross(began - 1_000);
      expect(usual.pages.map(({ answer }) => answer?.data.length)).toEqual([10, 10, 5]);
      expect(usual.rows.map((row) => row['plateNumber'])).toEqual(plates);
      expect(usual.violations).toEqual([]);
      const large = await cloud.allUnPushCross(began - 1_000, undefined, { pageSize: 500 });
      expect(large.pages).toHaveLength(1);
      expect(large.rows).toEqual(usual.rows);
      const texts = await cloud.unPushCross(
        { beginTime: began - 1_000, pageSize: 7, currentPage: 4 },
        { numbersAs: 'string' },
      );
      expect(texts.answer).toMatchObject({ total: MANY, pageSize: 7, currentPage: 4 });
      expect(texts.answer?.data).toHaveLength(4);
      const at = String(usual.rows[3]?.['crossTime']);
      const second = await cloud.unPushCross({ beginTime: at, endTime: at, pageSize: 100 });
      expect(second.answer?.data).toEqual(usual.rows.filter((row) => row['crossTime'] === at));
      expect((await cloud.unPushCross({ beginTime: at }, { omit: ['beginTime'] })).answer?.respCode).toBe('1');
    });
  });

  test('from an address that is not allowed nothing is done', async () => {
    const elsewhere = await CarPark.open({ cloud: { settings: { security: { allow: ['10.20.0.0/16'] } } } });
    onTestFinished(() => elsewhere.close());
    const gate = elsewhere.gate('in1');
    expect((await elsewhere.cloud.openGate({ deviceNo: gate.deviceNo, openMode: '3' })).answer?.respCode).toBe('1');
    expect((await elsewhere.cloud.checkConnect()).answer?.respCode).toBe('1');
    // Its answers count all the same: we called it.
    const car = await gate.comes('粤B40010');
    await car.opened();
    expect(car.openings).toHaveLength(1);
    const picture = await elsewhere.cloud.picture(car.recognition.uuid);
    expect(picture.violations).toEqual([]);
  });

  test('the cloud has nothing against any of it', async () => {
    const { cloud } = park;
    await park.outboxEmpty();
    expect(cloud.violations).toEqual([]);
    expect(cloud.slow()).toEqual([]);
    expect(cloud.books.differences()).toEqual([]);
  });
});
