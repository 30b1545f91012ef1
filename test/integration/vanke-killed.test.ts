import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Moment } from '../peers/vanke/index.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';
import { type Car, rest } from '../support/vanke-gate.ts';

const SECOND = 1_000;
const TRIES = 5;
const GAP_MS = 300;
const LOOP_SECONDS = 3;
const POLL = { pollSeconds: 1 };
const SAME_PLATE_MS = 1_000;

/** The station dies without warning in the middle of a conversation with the cloud; what stood at the lane still stands there. */
describe('killed in the middle', () => {
  let park: CarPark;
  const began = Date.now();
  beforeAll(async () => {
    const lanes = { in1: POLL, out1: POLL, in2: POLL, in3: POLL, out2: POLL };
    park = await CarPark.open({
      provision: { site: { samePlateSeconds: SAME_PLATE_MS / SECOND } },
      cloud: { lanes, settings: { push: { gapMs: GAP_MS }, abnormal: { loopSeconds: LOOP_SECONDS } } },
    });
    park.cloud.pace.pollMs = SECOND;
    park.cloud.pace.loopMs = LOOP_SECONDS * SECOND;
  });
  afterAll(() => park.close());
  afterEach(async () => {
    await park.outboxEmpty();
    const { cloud } = park;
    await cloud.allUnPushRecognition(began - SECOND);
    await cloud.allUnPushCross(began - SECOND);
    expect(cloud.violations).toEqual([]);
    expect(cloud.books.differences()).toEqual([]);
  });

  async function dies(): Promise<void> {
    await park.station.kill9();
    park.cloud.carParkDied();
  }
  /** It dies at that moment of the cloud's, once. */
  function deathAt(moment: Moment, name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      park.cloud.once(moment, name, () => dies().then(resolve, reject));
    });
  }
  const insideOnce = async (car: Car) => (await park.stays(car.plate)).map(({ status }) => status);
  /** It goes on by itself, or the arm was told before the death and nobody knows whether it heard. */
  async function goesOnce(car: Car): Promise<void> {
    await until('it is inside', async () => (await insideOnce(car)).length > 0);
    await rest(300);
    // Only a later read is news of a car that stands there still.
    if (car.openings.length === 0) await rest(SAME_PLATE_MS).then(() => car.read());
    await car.opened();
    await car.crosses();
    await car.crossingTold();
    await rest(300);
    expect(car.openings).toHaveLength(1);
    expect(await insideOnce(car)).toEqual(['inside']);
    expect(
      (await park.events('vehicle-entered')).filter(
        ({ passageId, body }) => passageId && JSON.stringify(body).includes(car.plate),
      ),
    ).toHaveLength(1);
  }

  test('while it is polling: the same recognition is asked on, and opens once when it is allowed', async () => {
    const { cloud } = park;
    const text = '粤B30001';
    cloud.plate(text).set({ decision: 'refuse' });
    const car = await park.gate('in1').comes(text);
    await car.askedTimes(2);
    await dies();
    await park.restart();
    const before = car.recognition.sends.length;
    await car.askedTimes(before + 2);
    expect(car.openings).toEqual([]);
    cloud.plate(text).set({ decision: 'allow' });
    await car.opened();
    expect(cloud.recognitions().filter(({ plateNumber }) => plateNumber === text)).toHaveLength(1);
    await goesOnce(car);
  });

  test.for<[what: string, moment: Moment, plate: string]>([
    ['the question has arrived, nothing is decided yet', 'received', '粤B30002'],
    ['it is allowed, the answer is not written yet', 'answering', '粤B30003'],
    ['it was answered this moment', 'answered', '粤B30004'],
  ])('%s: it is let in once', async ([, moment, text]) => {
    const dead = deathAt(moment, 'receivePlateNumber');
    const car = await park.gate('in2').comes(text);
    await dead;
    await park.restart();
    await goesOnce(car);
  });

  test('it left while the station was dead, and that is heard after its start: nothing opens', async () => {
    const { cloud } = park;
    const text = '粤B30005';
    cloud.plate(text).set({ decision: 'refuse' });
    const gate = park.gate('in3');
    const car = await gate.comes(text);
    await car.askedTimes(1);
    await dies();
    await park.restart();
    await car.turnsAway();
    await park.laneWhen('in3', 'idle', ({ phase }) => phase === 'idle');
    cloud.plate(text).set({ decision: 'allow' });
    await rest(1_300);
    expect(car.openings).toEqual([]);
    expect(await insideOnce(car)).toEqual([]);
  });

  test('between the tries of a crossing: not one try too many, and then it is fetched', async () => {
    const { cloud } = park;
    const text = '粤B30006';
    const fault = cloud.fault({ kind: 'http-status', status: 502 }, { interface: 'receiveCrossGate', plate: text });
    const car = await park.gate('out1').comes(text);
    await car.opened();
    await car.crosses();
    const sends = () => cloud.state.crossings.get(car.recognition.uuid)?.sends ?? [];
    await cloud.waitFor(() => sends()[1]?.endedMs, 'two tries');
    // Time to write down that it failed: a try that nobody saw the end of is none.
    await rest(GAP_MS / 2);
    await dies();
    await park.restart();
    const fetched = () => cloud.books.fetchedCrossings.has(car.recognition.uuid);
    await until('it is fetched', async () => {
      await cloud.allUnPushCross(began - SECOND);
      return fetched();
    });
    fault.clear();
    await rest(1_000);
    expect(sends()).toHaveLength(TRIES);
    expect(cloud.crossings().some(({ plateNumber }) => plateNumber === text)).toBe(false);
  });

  test('loops pressed too long while the cloud was away: kept, and told in order when it says that it is back', async () => {
    const { cloud } = park;
    await cloud.goAway();
    const gates = ['out2', 'in3', 'out1'].map((id) => park.gate(id));
    for (const gate of gates) {
      await gate.trigger(true);
      await rest(100);
    }
    const oldest = async () =>
      (await park.outbox('&status=waiting')).items.filter(({ message }) => message === 'receiveAbnormal');
    await until('they are kept', async () => (await oldest()).length === 3, 8 * SECOND);
    await until(
      'the oldest was tried often enough',
      async () => (await oldest()).some(({ attempts }) => attempts >= TRIES),
      8 * SECOND,
    );
    for (const gate of gates) await gate.trigger(false);
    await dies();
    await park.restart();
    const known = cloud.abnormals().length;
    const since = () => cloud.abnormals().slice(known);
    await cloud.comeBack();
    expect((await cloud.checkConnect()).answer).toMatchObject({ respCode: '0' });
    const all = () => since().filter(({ answeredAs }) => answeredAs !== null).length === gates.length;
    await cloud.waitFor(all, 'all three', 3 * SECOND);
    const told = since();
    expect(told.map(({ code, deviceNo }) => `${code} ${deviceNo}`)).toEqual(
      gates.map(({ deviceNo }) => `1401 ${deviceNo}`),
    );
    expect(told.map(({ msg }) => msg).every((msg) => /^东二门0\d道车辆压线圈过长！$/.test(msg))).toBe(true);
    const order = told.map(({ answeredAs }) => answeredAs ?? 0);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});
