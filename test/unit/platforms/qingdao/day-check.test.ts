import { afterEach, describe, expect, it } from 'vitest';
import type { OutboxDraft } from '../../../../electron/station/platforms/platform.ts';
import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import { cityOfRecord } from './city-of-record.ts';
import { closed, corrected, ENTERED, entered, exited, paid, photographed, spaces, stay } from './support.ts';

const DAY = '2026-03-02';
const DAY_MS = 86_400_000;
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp(changes: Readonly<Record<string, unknown>> = {}) {
  const world = await cityOfRecord(changes, { photos: { read: async () => tinyJpeg() } });
  cleanups.push(world.close);
  /** Sends what these events give, each of which the city has to take. */
  const live = async (events: readonly JournalEvent[]): Promise<OutboxDraft[]> => {
    const drafts = world.drafts(events);
    for (const draft of drafts) expect(await world.send(draft), draft.id).toMatchObject({ kind: 'delivered' });
    return drafts;
  };
  return { ...world, live };
}

const car = (index: number, changes: Partial<Stay> = {}): Stay =>
  stay({
    uid: `10011202603020805${String(index).padStart(5, '0')}`,
    entryRecordId: `in_${index}`,
    exitRecordId: `out_${index}`,
    ...changes,
  });
/** A whole stay with its money and pictures. */
const whole = (index: number, changes: Partial<Stay> = {}): readonly JournalEvent[] => {
  const it = car(index, changes);
  return [
    entered({ stay: it }),
    photographed({ stay: it, photoId: `ph_${index}_in`, takenAt: it.enteredAt }),
    paid({ stay: it, billId: `bill_${index}` }),
    exited({ stay: it }),
    photographed({ stay: it, photoId: `ph_${index}_out`, purpose: 'exit', takenAt: it.exitedAt ?? 0 }),
  ];
};
const agrees = (figures: readonly { readonly message: string; readonly agrees: boolean }[]) =>
  Object.fromEntries(figures.map((figure) => [figure.message, figure.agrees]));
const ALL = { uploadCarInData: true, uploadCarOutData: true, uploadPayRecord: true, uploadPhoto: true };

describe('a day on which nothing was lost', () => {
  it('agrees, figure by figure, and asks for no list', async () => {
    const { city, live, check } = await setUp();
    const drafts = await live([...whole(1), ...whole(2), ...whole(3, { exitedAt: ENTERED + DAY_MS })]);
    const account = await check(DAY, drafts);
    expect(account).toMatchObject({ missing: [], extra: [], note: '' });
    expect(account.figures).toEqual([
      { message: 'uploadCarInData', ours: figure(3), theirs: figure(3), agrees: true },
      { message: 'uploadCarOutData', ours: figure(2), theirs: figure(2), agrees: true },
      { message: 'uploadPayRecord', ours: figure(3, 2400), theirs: figure(3, 2400), agrees: true },
      { message: 'uploadPhoto', ours: figure(5), theirs: figure(5), agrees: true },
    ]);
    expect(city.received('downloadUID')).toHaveLength(0);
    expect(city.violations).toEqual([]);
  });

  it('counts nothing of other days', async () => {
    const { live, check } = await setUp();
    const drafts = await live([...whole(1), ...whole(2, { enteredAt: ENTERED - DAY_MS })]);
    const { figures } = await check('2026-03-01', drafts);
    expect(figures.map(({ ours }) => ours.count)).toEqual([1, 0, 0, 1]);
    expect(agrees(figures)).toEqual(ALL);
  });
});

const figure = (count: number, amountFen: number | null = null) => ({ count, amountFen });

describe('a day of which the city lost something', () => {
  it('names exactly what is missing, and agrees when it has been sent again', async () => {
    const { city, live, check, send } = await setUp();
    const drafts = await live([1, 2, 3, 4].flatMap((index) => whole(index)));
    const lost = new Set(['in_2', 'out_3', 'bill_4', 'ph_1_in', 'ph_1_out']);
    for (const book of ['entries', 'exits', 'payments', 'photos'] as const) city.forget(book, ({ id }) => lost.has(id));
    const account = await check(DAY, drafts);
    expect(account.extra).toEqual([]);
    expect([...account.missing].sort()).toEqual([
      'uploadCarInData:1001120260302080500002:in_2',
      'uploadCarOutData:1001120260302080500003:out_3',
      'uploadPayRecord:1001120260302080500004:bill_4',
      'uploadPhoto:1001120260302080500001:ph_1_in',
      'uploadPhoto:1001120260302080500001:ph_1_out',
    ]);
    expect(account.figures[2]).toMatchObject({ ours: figure(4, 3200), theirs: figure(3), agrees: false });
    for (const draft of drafts.filter(({ id }) => account.missing.includes(id))) await send(draft);
    expect(await check(DAY, drafts)).toMatchObject({ missing: [], extra: [] });
    expect(city.violations).toEqual([]);
  });

  it.each(['object', 'array', 'object-text', 'array-text', 'bare'] as const)(
    'is found in a list that is written as %s',
    async (uidList) => {
      const { city, live, check } = await setUp();
      city.style.uidList = uidList;
      city.style.uidListKeys = ['arrivalD', 'exitID', 'billID', 'photoID'];
      const drafts = await live([...whole(1), ...whole(2)]);
      city.forget('exits', ({ id }) => id === 'out_2');
      expect((await check(DAY, drafts)).missing).toEqual(['uploadCarOutData:1001120260302080500002:out_2']);
    },
  );

  it('asks only for the kinds that differ', async () => {
    const { city, live, check } = await setUp();
    const drafts = await live([...whole(1), ...whole(2)]);
    city.forget('photos', ({ id }) => id === 'ph_2_in');
    const { figures } = await check(DAY, drafts);
    expect(agrees(figures)).toEqual({ ...ALL, uploadPhoto: false });
    expect(city.received('downloadUID')).toHaveLength(1);
  });

  it('has all of it missing when the city has nothing of that kind', async () => {
    const { city, live, check } = await setUp();
    const drafts = await live(whole(1));
    city.forget('exits');
    city.fault({ kind: 'result-code', code: 204, msg: '无数据' }, { interface: 'downloadUID' });
    const { missing, figures } = await check(DAY, drafts);
    expect(missing).toEqual(['uploadCarOutData:1001120260302080500001:out_1']);
    expect(figures[1]).toMatchObject({ theirs: figure(0), agrees: false });
  });
});

it('what only the city has is for a person, with its uid and id', async () => {
  const { city, live, check } = await setUp();
  const drafts = await live(whole(1));
  city.plant('exits', { uid: 'strange', endID: 'x_1', endTime: `${DAY} 10:00:00` });
  const { extra, missing, figures } = await check(DAY, drafts);
  expect(extra).toEqual([{ message: 'uploadCarOutData', key: 'strange', recordId: 'x_1' }]);
  expect(missing).toEqual([]);
  expect(figures[1]).toMatchObject({ ours: figure(1), theirs: figure(2), agrees: false });
});

it('a sum that differs with every bill in its place is said, and does not agree', async () => {
  const { city, live, check } = await setUp();
  const drafts = await live([...whole(1), ...whole(2)]);
  for (const bill of city.books.payments.values())
    if (bill.id === 'bill_1') Object.assign(bill.record, { actualPay: 1 });
  const { figures, missing, note } = await check(DAY, drafts);
  expect(missing).toEqual([]);
  expect(figures[2]).toMatchObject({ agrees: false });
  expect(note).toContain('金额');
});

describe('corrections', () => {
  const moved = (index: number, enteredAt: number, seq: number) =>
    corrected({ what: 'time', before: car(index), stay: car(index, { enteredAt }), spaces }, seq);

  it('move an entry to the day of its true time', async () => {
    const { city, live, check } = await setUp();
    const drafts = await live([...whole(1), ...whole(2), moved(1, ENTERED - DAY_MS, 21)]);
    const before = await check('2026-03-01', drafts);
    const after = await check(DAY, drafts);
    expect([before.figures[0]?.ours.count, after.figures[0]?.ours.count]).toEqual([1, 1]);
    expect([agrees(before.figures), agrees(after.figures)]).toEqual([ALL, ALL]);
    expect(city.received('downloadUID')).toHaveLength(0);
  });

  it('that did not get there are sent again, on either day', async () => {
    const { city, live, check } = await setUp();
    const drafts = await live([...whole(1), ...whole(2), moved(1, ENTERED - DAY_MS, 21)]);
    const entry = city.books.entries.get(car(1).uid);
    Object.assign(entry?.record ?? {}, { arriveTime: `${DAY} 08:05:09` });
    const correction = `uploadModifyCarInData:${car(1).uid}:in_1-21`;
    expect((await check(DAY, drafts)).missing).toEqual([correction]);
    const earlier = await check('2026-03-01', drafts);
    expect(earlier.missing).toContain(correction);
    expect(earlier.extra).toEqual([]);
  });

  it('follow an entry that is sent again', async () => {
    const { city, live, check, send } = await setUp();
    const renamed = { ...car(1).plate, text: '鲁B77777' };
    const drafts = await live([
      ...whole(1),
      corrected({ before: car(1), stay: car(1, { plate: renamed }), spaces }, 22),
    ]);
    city.forget('entries');
    const { missing } = await check(DAY, drafts);
    expect(missing).toEqual([`uploadCarInData:${car(1).uid}:in_1`, `uploadModifyCarInData:${car(1).uid}:in_1-22`]);
    for (const id of missing) for (const draft of drafts) if (draft.id === id) await send(draft);
    expect(city.log.slice(-2).map((line) => line.interface)).toEqual(['uploadCarInData', 'uploadModifyCarInData']);
  });

  it.each(['stay', 'entry'] as const)(
    'delete: nothing is missing and nothing left over where the city deletes the %s',
    async (deletes) => {
      const { city, live, check } = await setUp();
      city.style.deletes = deletes;
      const voided = car(2, { status: 'abnormal', chargeFen: 0, dueFen: 0 });
      const drafts = await live([
        ...whole(1),
        ...whole(2),
        corrected({ what: 'void', before: car(2), stay: voided, spaces }),
      ]);
      const { missing, extra, figures } = await check(DAY, drafts);
      expect({ missing, extra }).toEqual({ missing: [], extra: [] });
      expect(agrees(figures)).toEqual(ALL);
      expect(figures[0]?.ours.count).toBe(1);
    },
  );

  it('delete: is sent again where the city still has the entry', async () => {
    const { city, live, check } = await setUp();
    const drafts = await live([
      ...whole(1),
      entered({ stay: car(2) }),
      closed({ stay: car(2, { status: 'abnormal', paidFen: 0 }) }),
    ]);
    city.plant('entries', { uid: car(2).uid, arriveID: 'in_2', arriveTime: `${DAY} 08:05:09` });
    const { missing, extra } = await check(DAY, drafts);
    expect({ missing, extra }).toEqual({ missing: [`uploadModifyCarInData:${car(2).uid}:in_2-12`], extra: [] });
  });

  it('delete: an entry that was closed long after the day is not sent to the city once more', async () => {
    const { city, live, check, store } = await setUp();
    const drafts = await live([...whole(1), entered({ stay: car(2) })]);
    store.write((tx) => tx.stays.put(car(2, { status: 'abnormal', paidFen: 0 })));
    city.forget('entries', ({ id }) => id === 'in_2');
    expect((await check(DAY, drafts)).missing).toEqual([]);
  });
});

it('an exit that was withdrawn is told twice, and either is enough', async () => {
  const { check, drafts, city, send } = await setUp();
  const again = car(1, { exitRecordId: 'out_1b', exitedAt: ENTERED + 5 * 3_600_000 });
  const all = drafts([entered({ stay: car(1) }), exited({ stay: car(1) }), exited({ stay: again })]);
  for (const draft of all) await send(draft);
  expect(city.books.exits.size).toBe(1);
  const { missing, extra, figures } = await check(DAY, all);
  expect({ missing, extra }).toEqual({ missing: [], extra: [] });
  expect(agrees(figures)).toEqual(ALL);
});

describe('a city that does not tell', () => {
  it.each([
    ['is away', 'uploadCheckRecord', { kind: 'down' }],
    ['says that it failed', 'uploadCheckRecord', { kind: 'result-code', code: 204 }],
    ['does not take the figures', 'uploadCheckRecord', { kind: 'result-code', code: 400 }],
    ['is away when asked for a list', 'downloadUID', { kind: 'http-status', status: 502 }],
  ] as const)('%s: there is no account, and another try is due', async (_what, name, fault) => {
    const { city, live, check } = await setUp();
    const drafts = await live(whole(1));
    city.forget('exits');
    city.fault(fault, { interface: name });
    await expect(check(DAY, drafts)).rejects.toThrow(name);
  });

  it('refuses the list: the difference stands, nothing is sent again blindly', async () => {
    const { city, live, check } = await setUp();
    const drafts = await live(whole(1));
    city.forget('exits');
    city.fault({ kind: 'result-code', code: 400, msg: '缺失参数' }, { interface: 'downloadUID' });
    const { missing, figures, note } = await check(DAY, drafts);
    expect(missing).toEqual([]);
    expect(figures[1]).toEqual({ message: 'uploadCarOutData', ours: figure(1), theirs: null, agrees: false });
    expect(note).toContain('缺失参数');
  });
});
