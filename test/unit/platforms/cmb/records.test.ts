import { afterEach, describe, expect, it } from 'vitest';
import type { CmbContext } from '../../../../electron/station/platforms/cmb/context.ts';
import { upMessages } from '../../../../electron/station/platforms/cmb/messages.ts';
import type { OutboxDraft } from '../../../../electron/station/platforms/platform.ts';
import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { Plate } from '../../../../shared/domain/plate.ts';
import { ANNA, CAR, CmbWorld } from './cmb-world.ts';
import { ATTENDANT, context, ENTERED, entered, exited, LEFT, OUT_LANE, other, settings, stay, UID } from './support.ts';

/** All that projection may look at: whatever else it asked for would throw. */
function projected(event: JournalEvent, changes: Readonly<Record<string, unknown>> = {}): OutboxDraft[] {
  const chosen = settings(changes);
  const pure = new Proxy(context(), {
    get: (_target, name) => {
      if (name === 'settings') return chosen;
      throw new Error(`projection looked at ${String(name)}`);
    },
  }) satisfies CmbContext;
  return upMessages.flatMap((message) => message.project(event, pure));
}
const bodyOf = (event: JournalEvent, changes?: Readonly<Record<string, unknown>>): unknown =>
  projected(event, changes)[0]?.body;

describe('an entry', () => {
  it('is told under the number of its stay, with nothing invented', () => {
    expect(projected(entered())).toEqual([
      {
        ...{ id: `Indata:${UID}:rec_in`, message: 'Indata', key: UID, kind: 'record' },
        body: {
          ...{ in_code: 1, vpl_number: '京A12311', record_id: UID, in_time: 1_537_155_122, car_type: 1, power_type: 1 },
          ...{ body_color: null, plate_color: 0, logo: '', auth_type: 0, model: 0, owner: '', in_lane: 'in1' },
        },
      },
    ]);
  });

  it('that a person put down is told like any other', () => {
    expect(bodyOf(entered({ how: 'by-hand', proof: '照片' }))).toMatchObject({
      record_id: UID,
      in_time: ENTERED / 1000,
    });
  });

  const of = (plate: Partial<Plate>, more: object = {}) =>
    bodyOf(
      entered({ stay: stay({ plate: { text: '京A12311', color: 'blue', kind: 'ordinary', ...plate }, ...more }) }),
    );

  it.each([
    ['blue', 0],
    ['yellow', 1],
    ['white', 2],
    ['black', 3],
    ['green', 4],
    ['yellow-green', 4],
    ['unknown', null],
  ] as const)('of a %s plate carries %s', (color, code) => {
    expect(of({ color })).toMatchObject({ plate_color: code });
  });

  it('of a new-energy plate is green and electric, whatever the camera said of its colour', () => {
    for (const kind of ['new-energy-small', 'new-energy-large'] as const)
      expect(of({ kind, color: 'unknown' })).toMatchObject({ plate_color: 4, power_type: 3 });
  });

  it.each([
    [{ vehicleClass: 'small' }, {}, 1],
    [{ vehicleClass: 'medium' }, {}, 2],
    [{ vehicleClass: 'large' }, {}, 2],
    [{}, { kind: 'military', color: 'white' }, 65_534],
    [{}, { kind: 'armed-police', color: 'white' }, 65_534],
    [{}, { kind: 'police', color: 'white' }, 65_534],
  ] as const)('of %o %o is of class %s', (car, plate, code) => {
    expect(of(plate, car)).toMatchObject({ car_type: code });
  });

  it.each([
    ['temporary', 0],
    ['whitelist', 99],
    ['card', 99],
    ['booking', 0],
    ['visitor', 0],
  ] as const)('on terms %s is authorised as %s', (kind, code) => {
    expect(of({}, { terms: { ...stay().terms, kind } })).toMatchObject({ auth_type: code });
  });

  it('of a car without a plate carries what it scanned, else a virtual plate that its stay always gives', () => {
    const nameless = { text: '', color: 'unknown', kind: 'none' } as const;
    expect(of(nameless, { identity: '无A20190307000001' })).toMatchObject({ vpl_number: '无A20190307000001' });
    const made = of(nameless);
    expect(made).toMatchObject({ vpl_number: expect.stringMatching(/^[\x21-\x7e]{16,30}$/) });
    expect(of(nameless)).toEqual(made);
  });

  it('carries the number that the bank gave its lane, and none where the lane has none that may be sent', () => {
    expect(bodyOf(entered(), { codes: { gates: { in1: 77 } } })).toMatchObject({ in_code: 77 });
    const far = { id: 'in9', name: '入口', number: 256 };
    expect(bodyOf(entered({ stay: stay({ entryLane: far }) }))).toMatchObject({ in_code: null, in_lane: 'in9' });
  });
});

describe('a plate that is put right while the car is inside', () => {
  const right = stay({ status: 'inside', plate: { text: '京A99999', color: 'blue', kind: 'ordinary' } });
  const corrected = (seq: number): JournalEvent => ({
    ...{ seq, at: ENTERED, hash: '00', key: UID, laneId: null, passageId: null, actor: ATTENDANT },
    kind: 'stay-corrected',
    body: { what: 'plate', before: stay({ status: 'inside' }), stay: right, reason: '看错', spaces: null },
  });

  it('is not told, for there is no interface for it', () => {
    expect(projected(corrected(9))).toEqual([]);
  });

  it('is told as another entry of the same stay where the site wants it, each time', () => {
    const resend = { correctedEntry: 'resend' };
    const [first] = projected(corrected(9), resend);
    const [second] = projected(corrected(10), resend);
    expect(first).toMatchObject({ key: UID, body: { record_id: UID, vpl_number: '京A99999' } });
    expect(second?.id).not.toBe(first?.id);
    expect(first?.id).not.toBe(projected(entered())[0]?.id);
  });
});

describe('an exit', () => {
  it('is told under the number of its stay, with both gates', () => {
    expect(projected(exited({ payments: [] }))).toMatchObject([
      {
        ...{ id: `Outdata:${UID}:rec_out`, message: 'Outdata', key: UID, kind: 'record' },
        body: {
          ...{ in_code: 1, out_code: 2, in_time: 1_537_155_122, out_time: 1_537_165_922, vpl_number: '京A12311' },
          ...{ record_id: UID, in_lane: 'in1', out_lane: 'out1' },
        },
      },
    ]);
  });

  it('after one that was withdrawn is another message about the same record', () => {
    const second = stay({ exitRecordId: 'rec_out2', exitedAt: LEFT + 60_000 });
    const [draft] = projected(exited({ stay: second }));
    expect(draft).toMatchObject({ id: `Outdata:${UID}:rec_out2`, key: UID, body: { record_id: UID } });
    expect(draft?.body).toMatchObject({ out_time: LEFT / 1000 + 60 });
  });

  it('carries the number that the bank gave its lane', () => {
    expect(bodyOf(exited(), { codes: { gates: { [OUT_LANE.id]: 200 } } })).toMatchObject({ out_code: 200, in_code: 1 });
  });
});

it('what is none of the bank is not told', () => {
  expect(projected(other())).toEqual([]);
});

describe('at work', () => {
  let world: CmbWorld | undefined;
  afterEach(async () => {
    await world?.dispose();
    world = undefined;
  });

  it('an entry and its exit arrive in order, with what was paid, as the bank reads it', async () => {
    world = await CmbWorld.open();
    const uid = await world.parked(70);
    world.car('out1');
    world.lanes.order('out1', { type: 'collect', method: 'cash', amountFen: 1000, actor: ANNA });
    await world.heard('Outdata');
    expect(world.asked.map(({ name }) => name).filter((name) => name.endsWith('data'))).toEqual(['Indata', 'Outdata']);
    const [{ charge_items, ...form } = { charge_items: '' }] = world.sent('Outdata');
    expect(form).toMatchObject({ record_id: uid, vpl_number: CAR, in_code: '1', out_code: '2' });
    expect(JSON.parse(charge_items ?? '')).toEqual([
      {
        ...{ should_pay: 1000, actual_pay: 1000, pay_type: 1, toll_collector: 'anna', time: expect.any(Number) },
        seq_num: world.bill(uid).id,
      },
    ]);
  });

  const agreements = (at: CmbWorld) =>
    at.read.agreements
      .ofPlate(CAR)
      .filter(({ validTo }) => validTo > at.clock.now())
      .map(({ kind, platform, limitFen, uid }) => ({ kind, platform, limitFen, uid }));

  it('the answer to an entry says whether the owner agreed to be charged, and up to what', async () => {
    world = await CmbWorld.open();
    world.answer('Indata', { status: 0, message: 'success', data: { uid: 1, limit: 50_000 } });
    const uid = await world.parked(1);
    await world.heard('Indata');
    expect(agreements(world)).toEqual([{ kind: 'auto-pay', platform: 'cmb', limitFen: 50_000, uid }]);
  });

  it.each([
    ['says no', { status: 0, message: 'success', data: { uid: 0 } }],
    ['says nothing', { status: 0, message: 'success' }],
    ['says no in an error', { status: 7, message: 'no', data: { uid: 1, limit: 50_000 } }],
  ])('there is no agreement where it %s', async (_what, answer) => {
    world = await CmbWorld.open();
    world.answer('Indata', answer);
    await world.parked(1);
    await world.heard('Indata');
    expect(agreements(world)).toEqual([]);
  });
});
