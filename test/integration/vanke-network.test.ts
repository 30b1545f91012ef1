import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../peers/vanke/index.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';
import { type Car, PROMPT_MS, rest } from '../support/vanke-gate.ts';

const SECOND = 1_000;
/** How much later than due a question may come on a busy machine; there are four pauses between five of them. */
const LATE_MS = 900;
const TRIES = 5;
const POLL = { pollSeconds: 1 };

/** The line to the cloud, in every way in which it can be gone: what opens without its word, when, and what it learns of it. */
describe('a cloud that cannot be reached', () => {
  let park: CarPark;
  const began = Date.now();
  beforeAll(async () => {
    park = await CarPark.open({
      provision: { camera: { offlineAfterMs: 6 * SECOND, parkMs: SECOND } },
      cloud: {
        lanes: {
          ...{ in1: POLL, out1: POLL, in2: POLL, out2: { ...POLL, onGiveUp: 'wait' }, in3: POLL, out3: POLL },
          ...{ in4: POLL, in5: POLL, in6: { ...POLL, giveUpAfter: 3 }, in7: POLL, out7: POLL, in8: POLL },
        },
        settings: {
          timeouts: { connectMs: 700, headersMs: 700, bodyMs: 700, totalMs: 700 },
          abnormal: { loopSeconds: 4, checkMs: SECOND },
        },
      },
    });
    park.cloud.pace.pollMs = SECOND;
    park.cloud.pace.loopMs = 4 * SECOND;
  });
  afterAll(() => park.close());

  const failedRecognitions = () => park.cloud.allUnPushRecognition(began - SECOND);
  const failedCrossings = () => park.cloud.allUnPushCross(began - SECOND);
  const rowsOf = (rows: readonly object[], car: Car) =>
    rows.filter((row) => 'plateNumber' in row && row.plateNumber === car.plate);
  const released = async (car: Car) =>
    (await park.events('gate-commanded')).filter(
      ({ laneId, body }) => laneId === car.gate.laneId && body['reason'] === '平台无应答，自动放行',
    );
  const cases = async (kind: string, text: string) =>
    (await park.events('case-changed')).filter(
      ({ body }) => JSON.stringify(body).includes(kind) && JSON.stringify(body).includes(text),
    );

  test('it goes away in the middle of polling, and comes back', async () => {
    const { cloud } = park;
    cloud.decision = 'refuse';
    const entering = await park.gate('in1').comes('粤B20001');
    const leaving = await park.gate('out1').comes('粤B20002');
    const turning = await park.gate('in2').comes('粤B20003');
    const waiting = await park.gate('out2').comes('粤B20004');
    const polled = [entering, leaving, turning, waiting];
    await Promise.all(polled.map((car) => car.askedTimes(2)));
    await cloud.goAway();
    const gone = Date.now();
    // Of this one the cloud never hears while it happens.
    const unknown = await park.gate('in3').comes('粤B20005');
    await rest(gone + 4.2 * SECOND - Date.now());
    expect(polled.flatMap(({ openings }) => openings)).toEqual([]);
    await turning.turnsAway();

    await Promise.all([entering, leaving, unknown].map((car) => car.opened(10 * SECOND)));
    const since = (car: Car): number => (car.openings[0]?.at ?? 0) - (car.asked?.sends.at(-1)?.endedAt ?? car.at);
    // A poll after the refusal, and four tries more · five tries.
    for (const [car, seconds] of [
      [entering, 5],
      [leaving, 5],
      [unknown, 4],
    ] as const) {
      expect(since(car), car.plate).toBeGreaterThanOrEqual(seconds * SECOND - 50);
      expect(since(car), car.plate).toBeLessThan(seconds * SECOND + LATE_MS);
    }
    const lane = await park.lane('in1');
    expect(lane.barrier.lastCommand).toMatchObject({ alone: true, reason: '平台无应答，自动放行' });
    await until('the alarm', async () =>
      (await park.events('alarm')).find(({ body }) => body['code'] === 'gate-authority-silent'),
    );
    for (const car of [entering, leaving, unknown]) {
      expect(await released(car), car.plate).toHaveLength(1);
      expect(await cases('remote-gave-up', car.plate), car.plate).toHaveLength(1);
    }
    expect(await park.laneWhen('out2', 'waits for a person', ({ phase }) => phase === 'attention')).toMatchObject({
      passage: { attention: 'remote-silent' },
    });
    await leaving.crosses();
    await until(
      'the crossing is a failed push',
      async () =>
        (await park.outbox()).items.some(
          ({ message, status }) => message === 'receiveCrossGate' && status === 'given-up',
        ),
      10 * SECOND,
    );

    await cloud.comeBack();
    await entering.crosses();
    await entering.crossingTold();
    await unknown.crosses();
    await cloud.waitFor(
      () => cloud.crossings().some(({ plateNumber }) => plateNumber === unknown.plate),
      'its crossing',
    );
    // What stood there for too long is told now, the oldest first.
    const stood = ['in1', 'out1', 'in2', 'out2', 'in3'].map((id) => park.gate(id).deviceNo);
    const told = () => cloud.abnormals().filter(({ answeredAs }) => answeredAs !== null);
    await cloud.waitFor(() => told().length >= stood.length, 'what stood for too long');
    const order = told().sort((a, b) => (a.answeredAs ?? 0) - (b.answeredAs ?? 0));
    expect(order.map(({ code, deviceNo }) => `${code} ${deviceNo}`)).toEqual(stood.map((no) => `1401 ${no}`));

    // Also of the one that had just driven off: it was asked about until its two seconds were over.
    const { rows } = await failedRecognitions();
    expect(polled.concat(unknown).map((car) => rowsOf(rows, car).length)).toEqual([1, 1, 1, 1, 1]);
    expect(rowsOf((await failedCrossings()).rows, leaving)).toHaveLength(1);
    for (const car of [entering, unknown]) {
      const uuid = [...cloud.books.fetchedRecognitions].find(([, row]) => row['plateNumber'] === car.plate)?.[0] ?? '';
      expect(await cloud.picture(uuid), car.plate).toMatchObject({ http: 200, violations: [] });
    }
    // Nothing opened for who had left, or has to wait for a person; once for the others.
    expect([turning, waiting].flatMap(({ openings }) => openings)).toEqual([]);
    expect([entering, leaving, unknown].map(({ openings }) => openings.length)).toEqual([1, 1, 1]);
    await park.order('out2', 'release', { reason: '人工核实放行' });
    await waiting.opened();
    await waiting.crosses();
    cloud.decision = 'allow';
    const next = await park.gate('in2').comes('粤B20006');
    await next.opened();
    await next.crosses();
    await until('the alarm is over', async () =>
      (await park.events('alarm')).find(({ body }) => body['code'] === 'gate-authority-silent' && body['cleared']),
    );
  });

  describe.concurrent('with the port open', () => {
    test('a camera that is cut off is told of once, however often it is looked at', async () => {
      const { deviceNo, camera } = park.gate('in8');
      await camera.stop();
      const about = () => park.cloud.abnormals().filter((each) => each.deviceNo === deviceNo);
      await park.cloud.waitFor(() => about()[0]?.answeredAs, 'that it is away', 12 * SECOND);
      await rest(1.5 * SECOND);
      expect(about()).toMatchObject([{ code: '1201', msg: `东二门12道的车牌识别器【${deviceNo}】连接异常！` }]);
    });

    const kinds: readonly (readonly [lane: string, plate: string, faults: readonly Fault[]])[] = [
      [
        ...(['in4', '粤B20011'] as const),
        [
          ...([{ kind: 'request-lost' }, { kind: 'silence' }, { kind: 'http-status', status: 500 }] as const),
          ...([{ kind: 'html' }, { kind: 'garbage', processed: true }] as const),
        ],
      ],
      [
        ...(['in5', '粤B20012'] as const),
        [
          ...([{ kind: 'resp-code' }, { kind: 'resp-code', value: '2' }, { kind: 'cut' }] as const),
          ...([{ kind: 'http-status', status: 302 }, { kind: 'answer-lost' }] as const),
        ],
      ],
    ];
    test.for(kinds)('%s: five failures of any kind open, and not four', async ([lane, text, faults]) => {
      const { cloud } = park;
      for (const [index, fault] of faults.entries())
        cloud.fault(fault, { interface: 'receivePlateNumber', plate: text, nth: index + 1 });
      const car = await park.gate(lane).comes(text);
      const opening = await car.opened(15 * SECOND);
      const { sends, uuid } = car.recognition;
      expect(sends).toHaveLength(TRIES);
      expect(opening.at).toBeGreaterThanOrEqual(sends[4]?.at ?? 0);
      expect(opening.at - (sends[4]?.at ?? 0)).toBeLessThan(PROMPT_MS);
      for (const gap of cloud.gaps(uuid)) expect(gap).toBeGreaterThanOrEqual(SECOND - 20);
      expect(await released(car)).toHaveLength(1);
      await car.crosses();
      await car.crossingTold();
      expect(rowsOf((await failedRecognitions()).rows, car)).toHaveLength(1);
      expect(car.openings).toHaveLength(1);
    });

    test('a refusal in between begins the count anew', async () => {
      const { cloud } = park;
      const text = '粤B20013';
      for (const nth of [1, 2, 4, 5])
        cloud.fault({ kind: 'request-lost' }, { interface: 'receivePlateNumber', plate: text, nth });
      cloud.plate(text).set({ decision: { refuse: 1 } });
      const car = await park.gate('in6').comes(text);
      const opening = await car.opened(15 * SECOND);
      const { sends } = car.recognition;
      expect(sends.map(({ result, answer }) => (result === 'heard' ? answer : result))).toEqual([
        'unheard',
        'unheard',
        '1',
        'unheard',
        'unheard',
        '0',
      ]);
      expect(opening.at).toBeGreaterThanOrEqual(sends[5]?.at ?? 0);
      expect(await released(car)).toEqual([]);
      await car.crosses();
      await car.crossingTold();
    });

    test('four failures and then the word: it opens by the word, and nothing is handed over later', async () => {
      const { cloud } = park;
      const text = '粤B20014';
      cloud.fault({ kind: 'request-lost' }, { interface: 'receivePlateNumber', plate: text, times: 4 });
      const car = await park.gate('in7').comes(text);
      await car.opened(10 * SECOND);
      expect(car.recognition.sends).toHaveLength(TRIES);
      expect(await released(car)).toEqual([]);
      await car.crosses();
      await car.crossingTold();
      expect(rowsOf((await failedRecognitions()).rows, car)).toEqual([]);
    });

    test('a crossing that failed five times is fetched, and never pushed again', async () => {
      const { cloud } = park;
      const text = '粤B20015';
      const fault = cloud.fault({ kind: 'http-status', status: 502 }, { interface: 'receiveCrossGate', plate: text });
      const car = await park.gate('out7').comes(text);
      await car.opened();
      await car.crosses();
      const sends = () => cloud.state.crossings.get(car.recognition.uuid)?.sends ?? [];
      await cloud.waitFor(() => sends().length === TRIES, 'five tries', 8 * SECOND);
      const gaps = sends()
        .slice(1)
        .map(({ ms }, index) => ms - (sends()[index]?.ms ?? 0));
      for (const gap of gaps) {
        expect(gap).toBeGreaterThanOrEqual(SECOND - 20);
        expect(gap).toBeLessThan(SECOND + LATE_MS);
      }
      await rest(200);
      fault.clear();
      expect(rowsOf((await failedCrossings()).rows, car)).toMatchObject([{ uuid: car.recognition.uuid }]);
      await rest(1_500);
      expect(sends()).toHaveLength(TRIES);
    });
  });

  test('the cloud knows everything once, and has nothing against it', async () => {
    const { cloud } = park;
    await park.outboxEmpty();
    await failedRecognitions();
    await failedCrossings();
    expect(cloud.violations).toEqual([]);
    expect(cloud.unanswered()).toEqual([]);
    const crossed = [20_001, 20_002, 20_005, 20_004, 20_006, 20_011, 20_012, 20_013, 20_014, 20_015];
    expect(
      cloud.books.differences([
        ...crossed.map((no) => ({ plateNumber: `粤B${no}` })),
        { plateNumber: '粤B20003', crossed: false },
      ]),
    ).toEqual([]);
  });
});
