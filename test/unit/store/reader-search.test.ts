import { afterAll, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import {
  COUNT_CAP,
  type OutboxFilter,
  outboxPageSchema,
  type StayFilter,
  stayPageSchema,
} from '../../../electron/station/store/reader/requests.ts';
import { entered } from '../../support/events.ts';
import { insertStays, type PastStay, pastStays } from '../../support/history.ts';
import { seeded } from '../../support/random.ts';
import { tempStore } from '../../support/temp-store.ts';

// More stays than are counted, more plates than are looked up one by one, several slices.
const history = [...pastStays(14_000, 1_500)];
const temp = tempStore(new SystemClock());
insertStays(temp.db, history);
const answer = answerer(temp.db);
const alive = (): void => undefined;
afterAll(() => temp.dispose());

const search = (filter: Partial<StayFilter>) =>
  stayPageSchema.parse(answer({ what: 'stays', filter: { offset: 0, limit: 20, ...filter } }, alive));

const newestFirst = [...history].reverse();

function expected(filter: Partial<StayFilter>): PastStay[] {
  const { plate = '', laneId } = filter;
  const fits = (name: 'status' | 'vehicleClass' | 'parkingType', stay: PastStay): boolean =>
    filter[name] === undefined || stay[name] === filter[name];
  const within = (at: number | null, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): boolean =>
    at !== null && at >= from && at < to;
  return newestFirst.filter(
    (stay) =>
      stay.plate.includes(plate) &&
      (['status', 'vehicleClass', 'parkingType'] as const).every((name) => fits(name, stay)) &&
      (laneId === undefined ||
        stay.laneId === laneId ||
        (stay.exitedAt !== null && stay.laneId === laneId.replace('out', 'in'))) &&
      within(stay.enteredAt, filter.enteredFrom, filter.enteredTo) &&
      ((filter.exitedFrom === undefined && filter.exitedTo === undefined) ||
        within(stay.exitedAt, filter.exitedFrom, filter.exitedTo)),
  );
}

function compare(filter: Partial<StayFilter>): void {
  const all = expected(filter);
  const { offset = 0, limit = 20 } = filter;
  const found = search(filter);
  expect(
    found.items.map((stay) => stay.uid),
    JSON.stringify(filter),
  ).toEqual(all.slice(offset, offset + limit).map((stay) => stay.uid));
  expect([found.total, found.exact], JSON.stringify(filter)).toEqual([
    Math.min(all.length, COUNT_CAP),
    all.length <= COUNT_CAP,
  ]);
}

describe('stays', () => {
  it('are found by everything that a filter can say, as if each had been looked at', () => {
    const random = seeded(20260302);
    const maybe = <T>(share: number, value: () => T): T | undefined => (random() < share ? value() : undefined);
    const instant = (): number => history[Math.floor(random() * history.length)]?.enteredAt ?? 0;
    const part = (): string => {
      const plate = history[Math.floor(random() * history.length)]?.plate || '鲁';
      const start = Math.floor(random() * plate.length);
      return plate.slice(start, start + 1 + Math.floor(random() * 7));
    };
    for (let round = 0; round < 250; round += 1) {
      const [from, to] = [instant(), instant()].sort((a, b) => a - b);
      const [left, gone] = [instant(), instant()].sort((a, b) => a - b);
      compare({
        plate: maybe(0.6, part),
        status: maybe(0.3, () => (['inside', 'left', 'abnormal'] as const)[Math.floor(random() * 3)] ?? 'left'),
        enteredFrom: maybe(0.3, () => from ?? 0),
        enteredTo: maybe(0.3, () => to ?? 0),
        exitedFrom: maybe(0.15, () => left ?? 0),
        exitedTo: maybe(0.15, () => gone ?? 0),
        laneId: maybe(0.15, () => (['in1', 'out2', 'nowhere'] as const)[Math.floor(random() * 3)] ?? 'in1'),
        vehicleClass: maybe(0.15, () => 'large' as const),
        parkingType: maybe(0.15, () => 'monthly' as const),
        offset: Math.floor(random() ** 3 * 200),
        limit: 1 + Math.floor(random() * 60),
      });
    }
  });

  it('are found by any one character, by the pairs of them, and by a whole plate', () => {
    for (const plate of '鲁京津冀挂ABCDEFGHJKLMNPQRSTUVWXYZ0123456789') compare({ plate, limit: 50, offset: 7 });
    for (const plate of ['鲁B', 'B1', 'BD', '00', '77', 'AZ', history[5_000]?.plate ?? ''])
      compare({ plate, limit: 50 });
    expect(search({ plate: 'Ж' })).toEqual({ items: [], total: 0, exact: true });
  });

  it('take wildcards for what they are: characters', () => {
    expect(search({ plate: '%' }).total).toBe(0);
    expect(search({ plate: '_' }).total).toBe(0);
  });

  it('follow each other without gap or repeat when paged by cursor, also while cars come in', () => {
    for (const plate of ['7', history[700]?.plate.slice(0, 4), undefined]) {
      const all = expected({ plate }).slice(0, 700);
      const uids: string[] = [];
      let after: StayFilter['after'];
      for (let page = 0; page < 7; page += 1) {
        const found = search({ plate, limit: 100, after });
        expect(found.total).toBe(search({ plate }).total);
        uids.push(...found.items.map((stay) => stay.uid));
        const last = found.items.at(-1);
        after = last && { enteredAt: last.enteredAt, uid: last.uid };
      }
      expect(uids.slice(0, all.length)).toEqual(all.map((stay) => stay.uid));
    }
  });

  it('are asked between the slices whether anybody still waits', () => {
    let asked = 0;
    const request = { what: 'stays', filter: { plate: '8', laneId: 'nowhere', offset: 0, limit: 20 } } as const;
    const giveUp = (): void => {
      asked += 1;
      if (asked === 2) throw new Error('called off');
    };
    expect(() => answer(request, giveUp)).toThrow('called off');
    expect(temp.db.inTransaction).toBe(false);
  });

  it('inside for too long come oldest first', () => {
    const before = history.at(-200)?.enteredAt ?? 0;
    const all = history.filter((stay) => stay.status === 'inside' && stay.enteredAt < before);
    const found = stayPageSchema.parse(answer({ what: 'stale', before, offset: 5, limit: 20 }, alive));
    expect(found.items.map((stay) => stay.uid)).toEqual(all.slice(5, 25).map((stay) => stay.uid));
    expect(found.total).toBe(all.length);
  });
});

describe('messages', () => {
  const uid = history[100]?.uid ?? '';
  const other = history[101]?.uid ?? '';
  temp.store.write((tx) => {
    for (const [index, key] of [uid, other, uid, null].entries())
      tx.outbox.insert('qingdao', { id: `m${index}`, message: 'm', key, kind: 'record', body: {} }, 1, 0);
    tx.outbox.setState(3, 1, 5);
  });
  const messages = (filter: Partial<OutboxFilter>) => {
    const found = outboxPageSchema.parse(
      answer({ what: 'outbox', filter: { offset: 0, limit: 20, ...filter } }, alive),
    );
    return { ...found, items: found.items.map(({ row, plate }) => [row.id, plate]) };
  };
  const plate = history[100]?.plate ?? '';

  it('are listed newest first, with the plate of their stay', () => {
    expect(messages({})).toEqual({
      items: [
        [4, null],
        [3, plate],
        [2, history[101]?.plate],
        [1, plate],
      ],
      total: 4,
      exact: true,
    });
  });

  it('are found by part of a plate, state, stay and platform', () => {
    expect(messages({ plate: plate.slice(1) }).items).toEqual([
      [3, plate],
      [1, plate],
    ]);
    expect(messages({ plate: plate.slice(1), state: 0 }).items).toEqual([[1, plate]]);
    expect(messages({ state: 1 }).items).toEqual([[3, plate]]);
    expect(messages({ key: other }).total).toBe(1);
    expect(messages({ platform: 'keytop' }).total).toBe(0);
    expect(messages({ platform: 'qingdao', state: 1, endedFrom: 5 }).items).toEqual([[3, plate]]);
    expect(messages({ platform: 'qingdao', state: 1, endedFrom: 6 }).items).toEqual([]);
    expect(messages({ endedFrom: 5 }).items).toEqual([[3, plate]]);
    expect(messages({ upToId: 2 }).items.map(([id]) => id)).toEqual([2, 1]);
    expect(messages({ offset: 1, limit: 1 }).items).toEqual([[3, plate]]);
  });
});

describe('a plate that is new to the car park', () => {
  it('is found from its entry on, and under its new text once it was corrected', () => {
    const plate = { text: '藏Z90909', color: 'blue', kind: 'ordinary' } as const;
    temp.store.write((tx) => tx.record(entered('fresh', { plate, enteredAt: 5 })));
    expect(search({ plate: '9090' }).items.map((stay) => stay.uid)).toContain('fresh');
    const stay = temp.store.read.stays.get('fresh');
    if (stay) temp.store.write((tx) => tx.stays.put({ ...stay, plate: { ...plate, text: '藏Z95959' } }));
    expect(search({ plate: 'Z9595' }).items.map(({ uid }) => uid)).toEqual(['fresh']);
    expect(search({ plate: 'Z9090' }).items).toEqual([]);
  });
});
