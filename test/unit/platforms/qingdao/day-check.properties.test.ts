import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OutboxDraft } from '../../../../electron/station/platforms/platform.ts';
import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { shanghaiCompact, shanghaiDate } from '../../../../shared/domain/time.ts';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import { cityOfRecord } from './city-of-record.ts';
import { closed, corrected, ENTERED, entered, exited, paid, photographed, renamed, spaces, stay } from './support.ts';

const HOUR = 3_600_000;
const DAYS = [-1, 0, 1].map((days) => shanghaiDate(ENTERED + days * 24 * HOUR));

/** What may happen to one of three cars, at an hour of three days. */
const step = fc.record({
  car: fc.nat(2),
  hour: fc.integer({ min: -30, max: 38 }),
  what: fc.constantFrom('time', 'plate', 'class', 'rename', 'photo', 'pay', 'exit', 'void', 'close', 'turned-back'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One stay, as the station would let it go: nothing is corrected after its end, and nothing deleted that money was taken for. */
class Car {
  #stay: Stay;
  #events: JournalEvent[];
  #seq = 100;

  constructor(uid: string, enteredAt: number) {
    this.#stay = stay({ uid, entryRecordId: `in_${uid}`, exitRecordId: null, exitedAt: null, enteredAt, paidFen: 0 });
    this.#events = [entered({ stay: this.#stay })];
  }

  do({ what, hour }: Step): void {
    const before = this.#stay;
    const at = ENTERED + hour * HOUR;
    const number = ++this.#seq;
    if (before.status === 'abnormal') return;
    switch (what) {
      case 'time':
        if (before.exitedAt === null || at <= before.exitedAt) this.#correct('time', { enteredAt: at });
        break;
      case 'plate':
        this.#correct('plate', { plate: { ...before.plate, text: `鲁B${10_000 + number}` } });
        break;
      case 'class':
        this.#correct('fee', { vehicleClass: before.vehicleClass === 'small' ? 'large' : 'small' });
        break;
      case 'rename': {
        const after = { ...before.plate, text: `鲁C${10_000 + number}` };
        this.#stay = { ...before, plate: after };
        this.#events.push(renamed({ before: before.plate, after, stay: this.#stay }, number));
        break;
      }
      case 'photo':
        this.#events.push(photographed({ stay: before, photoId: `ph_${before.uid}_${number}`, takenAt: at }));
        break;
      case 'pay':
        this.#stay = { ...before, paidFen: before.paidFen + 800 };
        this.#events.push(paid({ stay: this.#stay, billId: `bill_${before.uid}_${number}`, paidAt: at, billedAt: at }));
        break;
      case 'exit':
        if (before.exitedAt !== null || at < before.enteredAt) break;
        this.#stay = { ...before, status: 'left', exitedAt: at, exitRecordId: `out_${before.uid}` };
        this.#events.push(exited({ stay: this.#stay }));
        break;
      case 'void':
        if (before.paidFen === 0) this.#correct('void', { status: 'abnormal', chargeFen: 0, dueFen: 0 });
        break;
      default:
        if (before.exitedAt !== null) break;
        this.#stay = { ...before, status: 'abnormal' };
        this.#events.push(closed({ stay: this.#stay, reason: what === 'close' ? 'entered-again' : what }, number));
    }
  }

  /** What happened since the last look. */
  take(): JournalEvent[] {
    return this.#events.splice(0);
  }

  #correct(what: 'time' | 'plate' | 'fee' | 'void', change: Partial<Stay>): void {
    const before = this.#stay;
    this.#stay = { ...before, ...change };
    this.#events.push(corrected({ what, before, stay: this.#stay, spaces }, this.#seq));
  }
}

it('whatever is corrected in whatever order, every day agrees with the books of the city', async () => {
  const { city, platform, send, check, close } = await cityOfRecord({}, { photos: { read: async () => tinyJpeg() } });
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -30, max: 38 }), { minLength: 3, maxLength: 3 }),
        fc.array(step, { maxLength: 14 }),
        fc.constantFrom('stay' as const, 'entry' as const),
        async (hours, steps, deletes) => {
          run += 1;
          city.books.clear();
          city.style.deletes = deletes;
          const asked = city.received('downloadUID').length;
          const cars = hours.map(
            (hour, index) => new Car(`10011${shanghaiCompact(ENTERED + run * 10 + index)}`, ENTERED + hour * HOUR),
          );
          const drafts: OutboxDraft[] = [];
          for (const each of [undefined, ...steps]) {
            if (each) cars[each.car]?.do(each);
            for (const event of cars.flatMap((one) => one.take()))
              for (const draft of platform.project(event)) {
                drafts.push(draft);
                expect(await send(draft), draft.id).toMatchObject({ kind: 'delivered' });
              }
          }
          for (const day of DAYS) {
            const { missing, extra, figures } = await check(day, drafts);
            expect({ missing, extra }).toEqual({ missing: [], extra: [] });
            expect(figures.filter(({ agrees }) => !agrees)).toEqual([]);
            expect(figures[0]?.ours.count).toBe(city.figures(day).arriveNum);
          }
          // Nothing hangs on a deleted entry that the city has thrown away: then the figures themselves are the city's.
          if (deletes === 'entry') expect(city.received('downloadUID').length).toBe(asked);
        },
      ),
      { numRuns: 25 },
    );
  } finally {
    await close();
  }
}, 60_000);
