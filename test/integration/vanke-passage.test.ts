import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CarPark } from '../support/car-park.ts';
import { type Car, type Gate, PROMPT_MS, rest, UNREAD } from '../support/vanke-gate.ts';

const POLL_MS = 2_000;
/** How much later than due a question may come on a busy machine. */
const LATE_MS = 700;
/** A car that left the loop is gone after two seconds; nobody asks any more a little later. */
const GONE_MS = 2_000 + LATE_MS;
const QUICK = { pollSeconds: 1 };

/** The cloud holds the key: an arm moves when it says so, for the car that stands there, and for no other. */
describe('a car at a gate of the cloud', () => {
  let park: CarPark;
  beforeAll(async () => {
    park = await CarPark.open({
      cloud: {
        lanes: {
          ...{ in1: {}, out1: {}, in2: {}, out2: {}, in3: QUICK, out3: QUICK, in4: QUICK, out4: QUICK },
          ...{
            in5: QUICK,
            out5: QUICK,
            in6: QUICK,
            out6: QUICK,
            in7: QUICK,
            out7: QUICK,
            in8: QUICK,
            out8: QUICK,
            in9: QUICK,
          },
          ...{ out9: QUICK },
        },
        // Somebody who answers after three seconds is still listened to.
        settings: { timeouts: { connectMs: 3000, headersMs: 6000, bodyMs: 6000, totalMs: 6000 } },
      },
    });
    // Two seconds are measured where they hold.
    park.cloud.pace.pollMs = 1_000;
  });
  afterAll(() => park.close());

  const both = (
    entry: string,
    exit: string,
    each: (gate: Gate, way: 'in' | 'out') => Promise<void>,
  ): Promise<unknown> => Promise.all([each(park.gate(entry), 'in'), each(park.gate(exit), 'out')]);
  const plate = (way: 'in' | 'out', no: number): string => `${way === 'in' ? '粤B' : '粤E'}${no}`;
  const statuses = async (text: string) => (await park.stays(text)).map(({ status }) => status);
  const idle = (laneId: string) => park.laneWhen(laneId, 'idle', ({ phase }) => phase === 'idle');

  /** Moments of the arm against those of the cloud: once, after the word and not long after. */
  async function openedBy(car: Car, question: number): Promise<void> {
    const opening = await car.opened();
    const send = car.recognition.sends[question - 1];
    expect(send).toMatchObject({ answer: '0', result: 'heard' });
    expect(opening.at - (send?.at ?? 0)).toBeGreaterThanOrEqual(0);
    expect(opening.at - (send?.endedAt ?? 0)).toBeLessThan(PROMPT_MS);
  }

  describe.concurrent('each at a lane of its own', () => {
    test('allowed at once: the arm opens once, the crossing is told with the same uuid, the stay follows', () =>
      both('in1', 'out1', async (gate, way) => {
        const text = plate(way, 10_001);
        if (way === 'out') await park.register(text, 60);
        const car = await gate.comes(text);
        await openedBy(car, 1);
        expect((await car.opened()).at - car.at).toBeLessThan(2 * PROMPT_MS);
        const pressed = Date.now();
        await car.crosses();
        const crossing = await car.crossingTold();
        expect(crossing).toMatchObject({ uuid: car.recognition.uuid, plateNumber: text, deviceNo: gate.deviceNo });
        expect((crossing.sends[0]?.at ?? 0) - pressed).toBeLessThan(PROMPT_MS);
        await idle(gate.laneId);
        expect(car.openings).toHaveLength(1);
        expect(car.recognition.sends).toHaveLength(1);
        expect(await statuses(text)).toEqual([way === 'in' ? 'inside' : 'left']);
        const picture = await gate.cloud.picture(car.recognition.uuid);
        expect(picture).toMatchObject({ http: 200, violations: [] });
      }));

    test('refused three times: asked again every two seconds, shut all that time, then it opens', () =>
      both('in2', 'out2', async (gate, way) => {
        const text = plate(way, 10_002);
        gate.cloud.plate(text).set({ decision: { refuse: 3 } });
        const car = await gate.comes(text);
        await car.askedTimes(1);
        expect(
          await park.laneWhen(gate.laneId, 'refused', ({ passage }) => passage?.attention === 'remote-refused'),
        ).toBeTruthy();
        await car.askedTimes(4, 12_000);
        await openedBy(car, 4);
        const { uuid, sends } = car.recognition;
        expect(sends.map(({ answer }) => answer)).toEqual(['1', '1', '1', '0']);
        for (const gap of gate.cloud.gaps(uuid)) {
          expect(gap).toBeGreaterThanOrEqual(POLL_MS - 20);
          expect(gap).toBeLessThan(POLL_MS + LATE_MS);
        }
        expect(new Set(sends.map(({ time }) => time)).size).toBe(4);
        const tokens = gate.cloud.received('receivePlateNumber').filter(({ fields }) => fields['uuid'] === uuid);
        expect(new Set(tokens.map(({ fields }) => fields['token'])).size).toBe(4);
        expect(car.openings).toHaveLength(1);
        await car.crosses();
        await car.crossingTold();
      }));

    test('a plate that nobody can read: told as empty and other, allowed, and crosses', () =>
      both('in3', 'out3', async (gate) => {
        const car = await gate.comes(UNREAD);
        await openedBy(car, 1);
        expect(car.recognition).toMatchObject({ plateNumber: '', color: 'other' });
        await car.crosses();
        expect(await car.crossingTold()).toMatchObject({ plateNumber: '', uuid: car.recognition.uuid });
        await rest(300);
        expect(car.openings).toHaveLength(1);
      }));

    test('it leaves while it is refused: nobody asks any more, and nothing opens when the cloud would allow it', () =>
      both('in4', 'out4', async (gate, way) => {
        const text = plate(way, 10_004);
        gate.cloud.plate(text).set({ decision: 'refuse' });
        const car = await gate.comes(text);
        await car.askedTimes(2);
        await car.turnsAway();
        await idle(gate.laneId);
        expect(Date.now() - car.leftAt).toBeLessThan(GONE_MS);
        gate.cloud.plate(text).set({ decision: 'allow' });
        const asked = car.recognition.sends.length;
        await rest(1_500);
        expect(car.recognition.sends).toHaveLength(asked);
        expect(Math.max(...car.recognition.sends.map(({ at }) => at))).toBeLessThan(car.leftAt + GONE_MS);
        expect(car.openings).toEqual([]);
        expect(car.crossing).toBeUndefined();
        expect(await statuses(text)).toEqual([]);
      }));

    test('"0" comes three seconds late, after it drove off: nothing moves', () =>
      both('in5', 'out5', async (gate, way) => {
        const text = plate(way, 10_005);
        gate.cloud.plate(text).set({ delayMs: 3_000 });
        const car = await gate.comes(text);
        await gate.cloud.waitFor(() => car.asked?.sends.length, 'the question');
        await car.turnsAway();
        await gate.cloud.waitFor(() => car.recognition.sends[0]?.result !== 'pending', 'the late answer', 6_000);
        await rest(800);
        expect(car.openings).toEqual([]);
        expect(await idle(gate.laneId)).toMatchObject({ passage: null });
        expect(await statuses(text)).toEqual([]);
      }));

    test('"0" finds the loop empty for a moment: it opens if the car is back on it, and not if it stays away', async () => {
      const [back, away] = [park.gate('in6'), park.gate('out6')];
      const cars = await Promise.all(
        [back, away].map(async (gate, index) => {
          const text = plate(index === 0 ? 'in' : 'out', 10_006);
          gate.cloud.plate(text).set({ delayMs: 600 });
          const car = await gate.comes(text);
          await gate.cloud.waitFor(() => car.asked?.sends.length, 'the question');
          await car.turnsAway();
          await car.askedTimes(1);
          expect(car.recognition.sends[0]).toMatchObject({ answer: '0', result: 'heard' });
          await rest(300);
          expect(car.openings).toEqual([]);
          return car;
        }),
      );
      await back.trigger(true);
      const onLoop = Date.now();
      await cars[0]?.opened();
      expect((cars[0]?.openings[0]?.at ?? 0) - onLoop).toBeLessThan(PROMPT_MS);
      await idle('out6');
      await away.trigger(true);
      await rest(500);
      expect(cars.map((car) => car.openings.length)).toEqual([1, 0]);
      await cars[0]?.crosses();
      await away.trigger(false);
    });

    test('the attendant opens by hand while it is refused: asking ends, the crossing is told, the stay follows', async () => {
      await both('in7', 'out8', async (gate, way) => {
        const text = plate(way, 10_007);
        if (way === 'out') await park.register(text, 60);
        gate.cloud.plate(text).set({ decision: 'refuse' });
        const car = await gate.comes(text);
        await car.askedTimes(1);
        await park.order(gate.laneId, 'open', { reason: '车辆故障' });
        const { at } = await car.opened();
        await rest(2_500);
        expect(car.recognition.sends.filter((send) => send.at > at + 200)).toEqual([]);
        await car.crosses();
        await car.crossingTold();
        // Whoever opened for it let it through, and nothing moves for that again.
        await idle(gate.laneId);
        expect(await statuses(text)).toEqual([way === 'in' ? 'inside' : 'left']);
        expect(car.openings).toHaveLength(1);
      });
      const unallowed = park.cloud.crossedUnallowed().map(({ plateNumber }) => plateNumber);
      expect(new Set(unallowed)).toEqual(new Set([plate('in', 10_007), plate('out', 10_007)]));
    });

    test('the cloud opens while it refuses: it opens once, and is not asked again', () =>
      both('in8', 'out7', async (gate, way) => {
        const text = plate(way, 10_008);
        gate.cloud.plate(text).set({ decision: 'refuse' });
        const car = await gate.comes(text);
        await car.askedTimes(1);
        const call = await gate.cloud.openGate({ deviceNo: gate.deviceNo, plateNumber: text, openMode: '2' });
        expect(call.answer).toMatchObject({ respCode: '0' });
        await rest(2_500);
        expect(car.openings).toHaveLength(1);
        expect(Math.max(...car.recognition.sends.map(({ at }) => at))).toBeLessThan(call.at + 1_000);
        await car.crosses();
        await car.crossingTold();
        await idle(gate.laneId);
        expect(await statuses(text)).toEqual(way === 'in' ? ['inside'] : []);
        expect(car.openings).toHaveLength(1);
      }));

    test('two cars one after the other: the second is asked about when the first has gone, each has its own word', () =>
      both('in9', 'out9', async (gate, way) => {
        const [first, second] = [plate(way, 10_009), plate(way, 10_010)];
        gate.cloud.plate(first).set({ decision: { refuse: 1 } });
        gate.cloud.plate(second).set({ decision: { refuse: 1 } });
        const ahead = await gate.comes(first);
        await ahead.askedTimes(1);
        const behind = await gate.comes(second);
        await ahead.opened();
        await rest(300);
        expect(behind.asked).toBeUndefined();
        expect(ahead.openings).toHaveLength(1);
        await gate.safety(true);
        await gate.trigger(false);
        await gate.trigger(true);
        await gate.safety(false);
        gate.camera.arm.carPasses();
        const passed = Date.now();
        await behind.askedTimes(2);
        expect(behind.recognition.sends[0]?.at).toBeGreaterThanOrEqual(passed - 200);
        await gate.camera.waitFor(() => ahead.openings.length === 2, 'the second opening');
        expect((ahead.openings[1]?.at ?? 0) - (behind.recognition.sends[1]?.endedAt ?? 0)).toBeGreaterThan(-50);
        await behind.crosses();
        await behind.crossingTold();
        await ahead.crossingTold();
        await rest(300);
        expect(ahead.openings).toHaveLength(2);
      }));
  });

  test('the cloud has nothing against any of it', async () => {
    await park.outboxEmpty();
    const { cloud } = park;
    expect(cloud.violations).toEqual([]);
    expect(cloud.doubts).toEqual([]);
    expect(cloud.unanswered()).toEqual([]);
    expect(cloud.books.differences()).toEqual([]);
    expect(park.cameras.flatMap(({ protocolFaults }) => protocolFaults)).toEqual([]);
    expect(cloud.crossings().every(({ sends }) => sends.length === 1)).toBe(true);
  });
});
