import { expect, test } from 'vitest';
import { type JsonObject, wireTime } from '../../../peers/vanke/index.ts';
import { page, type World, world } from './support.ts';

/** A lane that goes by the document: it polls, gives up after five failures, and keeps what it could not tell. */
class Lane {
  readonly failed: { recognitions: JsonObject[]; crossings: JsonObject[] } = { recognitions: [], crossings: [] };
  opened = false;
  readonly #world: World;
  #cars = 0;

  constructor(here: World) {
    this.#world = here;
    const rows = (list: readonly JsonObject[]): JsonObject => page(list, { total: list.length });
    here.park.answers = {
      receiveOpenGate: () => {
        this.opened = true;
        return { respCode: '0', respDesc: '' };
      },
      queryUnPushRecognitionInfo: () => rows(this.failed.recognitions),
      queryUnPushCrossInfo: () => rows(this.failed.crossings),
    };
  }

  /** A car stands before the arm until it may pass; `meanwhile` happens after each send. */
  async car(
    plateNumber: string,
    meanwhile: (sends: number) => Promise<unknown> = async () => undefined,
  ): Promise<string> {
    const { clock } = this.#world;
    this.#cars += 1;
    this.opened = false;
    const uuid = `car-${this.#cars}`;
    const lane = { uuid, deviceNo: 'LPR-E01', plateNumber, color: 'blue' };
    const reading = { ...lane, recognitionTime: wireTime(clock.now()), image: `https://park.example.com/${uuid}.jpg` };
    let failures = 0;
    for (let sends = 1; !this.opened; sends += 1) {
      const code = await this.#says('receivePlateNumber', reading);
      failures = code === null ? failures + 1 : 0;
      if (failures === 5) this.failed.recognitions.push(reading);
      await meanwhile(sends);
      if (code === '0' || failures === 5) this.opened = true;
      else await clock.advance(code === null ? 1_000 : 2_000);
    }
    await clock.advance(1_000);
    const crossing = { ...lane, crossTime: wireTime(clock.now()) };
    for (let tries = 1; tries <= 5; tries += 1) {
      if ((await this.#says('receiveCrossGate', crossing)) !== null) return uuid;
      await clock.advance(1_000);
    }
    this.failed.crossings.push(crossing);
    return uuid;
  }

  /** What the cloud says; null if that is nothing of the document's. */
  async #says(name: string, fields: JsonObject): Promise<unknown> {
    return (await this.#world.park.says(name, fields).catch(() => null)) ?? null;
  }
}

test('a day of a car park that goes by the document breaks no rule, whatever the cloud does', async () => {
  const here = await world();
  const { cloud } = here;
  const lane = new Lane(here);
  cloud.plate('粤B00002').set({ decision: { refuse: 3 } });
  cloud.plate('粤B00003').set({ decision: 'refuse' });
  cloud.plate('粤B00004').set({ decision: { refuse: 2 } });
  await lane.car('粤B00001');
  await lane.car('粤B00002');
  await lane.car('粤B00003', async (sends) => {
    if (sends === 4) await cloud.openGate({ deviceNo: 'LPR-E01', plateNumber: '粤B00003', openMode: '2' });
  });
  cloud.fault({ kind: 'answer-lost' }, { plate: '粤B00004', nth: 2 });
  cloud.fault({ kind: 'http-status', status: 502 }, { interface: 'receiveCrossGate', plate: '粤B00004', times: 2 });
  await lane.car('粤B00004');
  expect(cloud.books.differences(['1', '2', '3', '4'].map((n) => ({ plateNumber: `粤B0000${n}` })))).toEqual([]);
  // In the middle of polling, and for the next car altogether.
  cloud.decision = 'refuse';
  await lane.car('粤B00005', (sends) => (sends === 2 ? cloud.goAway() : Promise.resolve()));
  await lane.car('粤B00006');
  await cloud.comeBack();
  const day = ['1', '2', '3', '4', '5', '6'].map((n) => ({ plateNumber: `粤B0000${n}`, deviceNo: 'LPR-E01' }));
  expect(cloud.books.differences(day)).toEqual([
    ...[
      'no recognition of 粤B00006 at LPR-E01',
      'no crossing of 粤B00005 at LPR-E01',
      'no crossing of 粤B00006 at LPR-E01',
    ],
  ]);
  const from = '20260302 00:00:00';
  expect((await cloud.allUnPushRecognition(from)).rows.map((row) => row['plateNumber'])).toEqual([
    '粤B00005',
    '粤B00006',
  ]);
  expect((await cloud.allUnPushCross(from)).rows).toHaveLength(2);
  expect(cloud.books.differences(day)).toEqual([]);
  expect([...cloud.violations, ...cloud.doubts, ...cloud.unanswered(), ...cloud.crossedUnallowed()]).toEqual([]);
  expect(cloud.gaps('car-2')).toEqual([2_000, 2_000, 2_000]);
});

test('a car that goes through under a refusing cloud does not pass unnoticed', async () => {
  const here = await world();
  const { cloud } = here;
  const lane = new Lane(here);
  cloud.decision = 'refuse';
  const uuid = await lane.car('粤B00001', async (sends) => {
    lane.opened = sends === 2;
  });
  expect(cloud.crossedUnallowed()).toMatchObject([{ uuid, plateNumber: '粤B00001' }]);
});
