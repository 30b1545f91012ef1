import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type BerthRules,
  due,
  type Known,
  type Move,
  momentOf,
  observed,
} from '../../../electron/station/berths/machine.ts';
import { heard, isNews, type Observation } from '../../../electron/station/berths/words.ts';
import { type BerthState, UNKNOWN_BERTH } from '../../../shared/domain/berth.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { toPlate } from '../../../shared/domain/plates.ts';

const RULES: BerthRules = { settleMs: 30_000, leaveMs: 10_000 };
const PLATES = ['粤B11111', '粤C98765', '粤D24680'].map((text) => toPlate(text, 'blue'));

interface Stay {
  readonly uid: string;
  readonly from: number;
  to: number | null;
  plate: Plate | null;
  ends: number;
}

/** A berth that does what the machine says, and keeps the books that the machine has no part in. */
class Book {
  state: BerthState = UNKNOWN_BERTH;
  now = 0;
  /** What would be on disk. */
  #stored: BerthState = UNKNOWN_BERTH;
  readonly stays: Stay[] = [];
  changes = 0;

  #known(): Known {
    const stay = this.stays.find(({ uid }) => uid === this.state.uid);
    return { state: this.state, inUse: true, plate: stay?.plate ?? null };
  }

  tell(seen: Observation): void {
    if (isNews(this.state, seen) !== 'old') this.#due(Math.min(momentOf(this.#known(), seen), this.now));
    for (const move of observed(this.#known(), seen, RULES)) this.#do(move);
    this.state = heard(this.state, seen);
    this.#due(this.now);
  }

  wait(ms: number): void {
    this.now += ms;
    this.#due(this.now);
  }

  restart(): void {
    this.state = this.#stored;
    this.#due(this.now);
  }

  #due(upTo: number): void {
    let turns = 0;
    for (let move = due(this.#known(), upTo, RULES); move; move = due(this.#known(), upTo, RULES)) {
      this.#do(move);
      expect(++turns).toBeLessThan(3);
    }
  }

  #do(move: Move): void {
    switch (move.type) {
      case 'begin': {
        const from = this.state.since ?? Number.NaN;
        const uid = `u${this.stays.length}`;
        this.stays.push({ uid, from, to: null, plate: this.state.seen?.plate ?? null, ends: 0 });
        const { seen: _seen, ...rest } = this.state;
        this.#write({ ...rest, uid });
        return;
      }
      case 'end': {
        const stay = this.stays.find(({ uid }) => uid === move.uid);
        if (!stay) throw new Error('ends what never began');
        stay.ends += 1;
        stay.to = move.at;
        this.#write({ ...this.state, uid: null });
        return;
      }
      case 'identified': {
        const stay = this.stays.find(({ uid }) => uid === this.state.uid);
        if (!stay) throw new Error('names nobody');
        expect(stay.plate).toBeNull();
        stay.plate = move.plate;
        return;
      }
      case 'read':
        this.state = move.state;
        return;
      case 'changed':
        this.changes += 1;
        expect(move.at).toBeGreaterThanOrEqual(this.state.since ?? move.at);
        expect(move.state.sequence).toBeGreaterThan(this.state.sequence);
        this.#write(move.state);
    }
  }

  #write(state: BerthState): void {
    this.state = state;
    this.#stored = state;
  }
}

type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'restart' }
  | {
      readonly kind: 'tell';
      readonly source: Observation['source'];
      readonly occupied: boolean;
      readonly ageMs: number;
      readonly timed: boolean;
      readonly sequence: number | null;
      readonly plate: Plate | null;
    };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 90_000 }).map((ms) => ({ kind: 'wait' as const, ms })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('tell' as const),
      source: fc.constantFrom('geomagnetic' as const, 'video' as const, 'person' as const),
      occupied: fc.boolean(),
      ageMs: fc.constantFrom(0, 0, 0, 3_000, 20_000, 120_000),
      timed: fc.boolean(),
      sequence: fc.option(fc.integer({ min: 0, max: 12 })),
      plate: fc.option(fc.constantFrom(...PLATES)),
    }),
  },
);

function seenOf(book: Book, told: Extract<Step, { kind: 'tell' }>): Observation {
  const person = told.source === 'person';
  const timed = told.timed || person;
  return {
    ...{ source: told.source, occupied: told.occupied, timed, vehicleClass: null },
    deviceId: person ? null : told.source,
    at: timed ? Math.max(0, book.now - told.ageMs) : book.now,
    heardAt: book.now,
    sequence: person ? null : told.sequence,
    plate: told.source === 'geomagnetic' || !told.occupied ? null : told.plate,
  };
}

it('whatever is told in whatever order: stays of a berth never overlap, and each ends once at most', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const book = new Book();
      book.now = 1_000_000;
      for (const each of steps) {
        if (each.kind === 'wait') book.wait(each.ms);
        else if (each.kind === 'restart') book.restart();
        else book.tell(seenOf(book, each));
        const open = book.stays.filter(({ to }) => to === null);
        expect(open.length).toBeLessThanOrEqual(1);
        expect(open.map(({ uid }) => uid)).toEqual(book.state.uid === null ? [] : [book.state.uid]);
      }
      // Given time, a berth that is free has no car in it, and one that is taken has.
      book.wait(60_000);
      expect(book.state.uid !== null).toBe(book.state.occupied === true);
      const sorted = [...book.stays].sort((a, b) => a.from - b.from);
      for (const [index, stay] of sorted.entries()) {
        expect(stay.ends).toBeLessThanOrEqual(1);
        expect(stay.to ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(stay.from);
        expect(sorted[index + 1]?.from ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(stay.to ?? book.now);
        expect(stay.from).toBeLessThanOrEqual(book.now);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('one honest device, repeating itself as it likes and being late as it likes: every true visit is a stay, to the millisecond', () => {
  const visit = fc.record({
    gapMs: fc.integer({ min: 11_000, max: 600_000 }),
    stayMs: fc.integer({ min: 31_000, max: 3_600_000 }),
    plate: fc.option(fc.constantFrom(...PLATES)),
    repeats: fc.integer({ min: 0, max: 3 }),
    delayMs: fc.constantFrom(0, 0, 1_000, 20_000, 700_000),
  });
  fc.assert(
    fc.property(fc.array(visit, { minLength: 1, maxLength: 12 }), fc.boolean(), (visits, counted) => {
      const book = new Book();
      let at = 1_000_000;
      let sequence = 0;
      const say = (occupied: boolean, moment: number, plate: Plate | null, delayMs: number, repeats: number): void => {
        sequence += 1;
        book.wait(Math.max(0, moment + delayMs - book.now));
        const seen: Observation = {
          ...{ source: 'video', deviceId: 'cam', occupied, at: moment, timed: true, plate, vehicleClass: null },
          ...{ heardAt: book.now, sequence: counted ? sequence : null },
        };
        for (let i = 0; i <= repeats; i++) book.tell(seen);
      };
      const truth = visits.map(({ gapMs, stayMs, plate, repeats, delayMs }) => {
        const from = at + gapMs;
        at = from + stayMs;
        say(true, from, plate, delayMs, repeats);
        say(false, at, null, delayMs, repeats);
        return { from, to: at, plate: plate?.text ?? null };
      });
      book.wait(60_000);
      expect(book.stays.map(({ from, to, plate }) => ({ from, to, plate: plate?.text ?? null }))).toEqual(truth);
      expect(book.changes).toBe(visits.length * 2);
    }),
    { numRuns: 500 },
  );
});

it('nothing that changes a berth is lost: a newer word of the other kind, from anybody, is how it stands', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, occupied) => {
      const book = new Book();
      book.now = 1_000_000;
      for (const each of steps) {
        if (each.kind === 'wait') book.wait(each.ms);
        else if (each.kind === 'tell') book.tell(seenOf(book, each));
      }
      book.wait(60_000);
      const person: Observation = {
        ...{ source: 'person', deviceId: null, occupied, at: book.now, timed: true, sequence: null },
        heardAt: book.now,
        ...{ plate: null, vehicleClass: null },
      };
      book.tell(person);
      book.wait(60_000);
      expect(book.state.occupied).toBe(occupied);
      expect(book.state.uid !== null).toBe(occupied);
    }),
    { numRuns: 500 },
  );
});

const told = (book: Book, occupied: boolean, at: number | null, sequence: number | null): Observation => ({
  ...{ source: 'geomagnetic', deviceId: 'geo', occupied, timed: at !== null, at: at ?? book.now, heardAt: book.now },
  ...{ sequence, plate: null, vehicleClass: null },
});

it('an honest device whose words come again, late and in any order: no stay that was not there', () => {
  const visit = fc.record({
    gapMs: fc.integer({ min: 11_000, max: 600_000 }),
    stayMs: fc.integer({ min: 31_000, max: 3_600_000 }),
    copies: fc.array(fc.nat({ max: 100 }), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(visit, { minLength: 1, maxLength: 12 }), fc.boolean(), (visits, counted) => {
      const book = new Book();
      book.now = 1_000_000;
      const words: { occupied: boolean; at: number; sequence: number | null }[] = [];
      const say = (occupied: boolean, copies: readonly number[]): number => {
        const at = book.now;
        words.push({ occupied, at, sequence: counted ? words.length + 1 : null });
        for (const back of [0, ...copies]) {
          const word = words[words.length - 1 - (back % words.length)];
          if (word) book.tell(told(book, word.occupied, word.at, word.sequence));
        }
        return at;
      };
      const truth = visits.map(({ gapMs, stayMs, copies }) => {
        book.wait(gapMs);
        const from = say(true, copies);
        book.wait(stayMs);
        return { from, to: say(false, copies) };
      });
      book.wait(60_000);
      expect(book.stays.map(({ from, to }) => ({ from, to }))).toEqual(truth);
    }),
    { numRuns: 500 },
  );
});

it('a device that was restarted, whatever its count and clock: every change after it is heard', () => {
  const change = fc.integer({ min: 31_000, max: 600_000 });
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 1000 }),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.nat({ max: 1000 }),
      fc.constantFrom('right', 'untold'),
      fc.boolean(),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      (count, before, restartAt, clock, heartbeat, after) => {
        const book = new Book();
        book.now = 1_000_000;
        let sequence = count;
        let occupied = false;
        for (const ms of before) {
          book.wait(ms);
          occupied = !occupied;
          sequence += 1;
          book.tell(told(book, occupied, book.now, sequence));
        }
        sequence = restartAt % sequence;
        const say = () => book.tell(told(book, occupied, clock === 'right' ? book.now : null, sequence));
        book.wait(1_000);
        if (heartbeat) say();
        for (const ms of after) {
          book.wait(ms);
          occupied = !occupied;
          sequence += 1;
          say();
          expect(book.state).toMatchObject({ occupied, since: book.now });
        }
        book.wait(60_000);
        expect(book.state.uid !== null).toBe(occupied);
      },
    ),
    { numRuns: 1_000 },
  );
});
