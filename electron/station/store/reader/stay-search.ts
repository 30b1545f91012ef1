import type { Database } from 'better-sqlite3';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { StayStore } from '../stay-store.ts';
import { COUNT_CAP, type InsideFilter, type StayCursor, type StayFilter, type StayPage } from './requests.ts';
import { type Alive, pageOfList, pageOfSlices, SLICE, type Slice, type Total } from './slices.ts';

/** Plates that a part of a plate may match and still be looked up one by one; stays of more of them are met along the way. */
const FEW_PLATES = 500;
/** Stays of such plates lie all over the file: reading more of them takes longer than meeting a page of them on the way back in time. */
const FEW_STAYS = 2_000;

type Values = Readonly<Record<string, string | number | null>>;
type Key = StayCursor;

const KEY = 'uid, entered_at_ms AS enteredAt';
const NEWEST_FIRST = 'ORDER BY entered_at_ms DESC, uid DESC';
/** Where a list begins: every uid sorts behind the empty one, so everything entered before this instant comes. */
const topOf = (filter: StayFilter): StayCursor => ({ enteredAt: filter.enteredTo ?? Number.MAX_SAFE_INTEGER, uid: '' });

/** A narrow way into the table: the index, its condition, and what that binds. */
interface Driver {
  readonly index: string;
  /** With more rows than these it is not narrow. */
  readonly most: number;
  readonly where: string;
  readonly values: Values;
}

/**
 * Searches the stays, newest entry first. A narrow question is answered out of the index that is narrowest, sorted and counted
 * as a whole; a wide one walks from the newest entry back and meets a page soon, because it is wide.
 */
export class StaySearch {
  readonly #db: Database;
  readonly #stays: StayStore;

  constructor(db: Database) {
    this.#db = db;
    this.#stays = new StayStore(db);
  }

  search(filter: StayFilter, alive: Alive): StayPage {
    return this.#page(this.#find(filter, alive));
  }

  /** Cars inside since before an instant, the oldest in front: what a person should look at. */
  stale(before: number, filter: InsideFilter): StayPage {
    const { offset, limit, areaIds } = filter;
    const { where, values } = conditions(filter);
    const inside = `SELECT ${KEY} FROM stays INDEXED BY stays_inside_since WHERE status = 'inside' AND entered_at_ms < @before
      AND ${where} AND (@areas IS NULL OR area_id IN (SELECT value FROM json_each(@areas))) ORDER BY entered_at_ms, uid LIMIT @limit`;
    const bound = { ...values, before, areas: areaIds === undefined ? null : JSON.stringify(areaIds) };
    const all = this.#db.prepare<[Values], Key>(inside).all({ ...bound, limit: COUNT_CAP + 1 });
    if (offset + limit <= COUNT_CAP) return this.#page(pageOfList(all, filter));
    const keys = this.#db.prepare<[Values], Key>(`${inside} OFFSET @offset`).all({ ...bound, limit, offset });
    return this.#page({ ...pageOfList(all, filter), keys });
  }

  /** Uids of the newest stays whose plate contains `part`; `exact` when these are all. */
  uidsOfPlate(part: string, limit: number, alive: Alive): { readonly uids: string[]; readonly exact: boolean } {
    const found = this.#find({ plate: part, offset: 0, limit }, alive);
    return { uids: found.keys.map((key) => key.uid), exact: found.exact && found.total <= limit };
  }

  plateOf(uid: string): string | null {
    return this.#stays.get(uid)?.plate.text ?? null;
  }

  #find(filter: StayFilter, alive: Alive): Total & { readonly keys: readonly Key[] } {
    const { where, values } = conditions(filter);
    const { few, known } = this.#narrow(filter, where, values, alive);
    const { after } = filter;
    if (few) {
      const found = pageOfList(few, filter);
      return after
        ? {
            ...found,
            keys: pageOfList(
              few.filter((key) => isBehind(key, after)),
              filter,
            ).keys,
          }
        : found;
    }
    const walk = () => this.#walk(topOf(filter), where, values);
    if (!after) return pageOfSlices(walk(), filter, alive, known);
    const total = known ?? pageOfSlices(walk(), { offset: 0, limit: 0 }, alive);
    return { ...total, keys: this.#next(after, filter, where, values, alive) };
  }

  #page(found: Total & { readonly keys: readonly Key[] }): StayPage {
    const items = found.keys.map(({ uid }) => this.#stays.get(uid)).filter((stay): stay is Stay => stay !== undefined);
    return { items, total: found.total, exact: found.exact };
  }

  /** All matches where an index tells that they are few, or else at least their number where an index tells that. */
  #narrow(filter: StayFilter, where: string, values: Values, alive: Alive): { few?: Key[]; known?: Total } {
    for (const driver of this.#drivers(filter)) {
      alive();
      const bound = { ...values, ...driver.values };
      const part = `FROM stays INDEXED BY ${driver.index} WHERE ${driver.where}`;
      const rows =
        this.#db
          .prepare<[Values], number>(`SELECT count(*) FROM (SELECT 1 ${part} LIMIT ${COUNT_CAP + 1})`)
          .pluck()
          .get(bound) ?? 0;
      alive();
      if (rows <= driver.most)
        return {
          few: this.#db.prepare<[Values], Key>(`SELECT ${KEY} ${part} AND ${where} ${NEWEST_FIRST}`).all(bound),
        };
    }
    return Object.keys(values).join() === 'plate' ? { known: this.#countOfPlate(values) } : {};
  }

  /** Goes from plate to plate and stops at the cap: neither the whole of a rare part nor that of a common one takes long. */
  #countOfPlate(values: Values): Total {
    const rows =
      this.#db
        .prepare<[Values], number>(
          `SELECT count(*) FROM (SELECT 1 FROM plates CROSS JOIN stays INDEXED BY stays_by_plate USING (plate)
            WHERE instr(plates.plate, @plate) > 0 LIMIT ${COUNT_CAP + 1})`,
        )
        .pluck()
        .get(values) ?? 0;
    return { total: Math.min(rows, COUNT_CAP), exact: rows <= COUNT_CAP };
  }

  *#drivers(filter: StayFilter): Generator<Driver> {
    if (filter.plate !== undefined) {
      const plates = this.#db
        .prepare<[string, number], string>('SELECT plate FROM plates WHERE instr(plate, ?) > 0 LIMIT ?')
        .pluck()
        .all(filter.plate, FEW_PLATES + 1);
      if (plates.length <= FEW_PLATES)
        yield {
          index: 'stays_by_plate',
          most: FEW_STAYS,
          where: 'plate IN (SELECT value FROM json_each(@plates))',
          values: { plates: JSON.stringify(plates) },
        };
    }
    // Written out, so that the index of that state can serve.
    if (filter.status === 'inside' || filter.status === 'abnormal')
      yield {
        index: filter.status === 'inside' ? 'stays_inside_since' : 'stays_abnormal',
        most: COUNT_CAP,
        where: `status = '${filter.status}'`,
        values: {},
      };
    if (filter.exitedFrom !== undefined || filter.exitedTo !== undefined)
      yield {
        index: 'stays_by_exit',
        most: COUNT_CAP,
        where: 'exited_at_ms IS NOT NULL AND exited_at_ms >= @xFrom AND exited_at_ms < @xTo',
        values: { xFrom: filter.exitedFrom ?? 0, xTo: filter.exitedTo ?? Number.MAX_SAFE_INTEGER },
      };
    if (filter.enteredFrom !== undefined)
      yield {
        index: 'stays_search',
        most: COUNT_CAP,
        where: 'entered_at_ms >= @eFrom AND entered_at_ms < @eTo',
        values: { eFrom: filter.enteredFrom, eTo: filter.enteredTo ?? Number.MAX_SAFE_INTEGER },
      };
  }

  /** The list behind `from`, in slices of the index by entry. */
  *#walk(from: StayCursor, where: string, values: Values): Generator<Slice<Key>> {
    const end = this.#db.prepare<[Values], Key>(
      `SELECT ${KEY} FROM stays INDEXED BY stays_search WHERE (entered_at_ms, uid) < (@hiAt, @hiUid)
          AND entered_at_ms >= @bottom ${NEWEST_FIRST} LIMIT 1 OFFSET ${SLICE - 1}`,
    );
    const part = `FROM stays INDEXED BY stays_search WHERE (entered_at_ms, uid) < (@hiAt, @hiUid)
      AND (entered_at_ms, uid) >= (@loAt, @loUid) AND ${where}`;
    const count = this.#db.prepare<[Values], number>(`SELECT count(*) ${part}`).pluck();
    const keys = this.#db.prepare<[Values], Key>(`SELECT ${KEY} ${part} ${NEWEST_FIRST} LIMIT @limit OFFSET @offset`);
    const bottom = values['enteredFrom'] ?? Number.MIN_SAFE_INTEGER;
    for (let high: StayCursor | undefined = from; high; ) {
      const upper: Values = { ...values, hiAt: high.enteredAt, hiUid: high.uid };
      const low = end.get({ ...upper, bottom });
      const bounds: Values = { ...upper, loAt: low?.enteredAt ?? bottom, loUid: low?.uid ?? '' };
      yield {
        size: SLICE,
        count: () => count.get(bounds) ?? 0,
        keys: (offset, limit) => keys.all({ ...bounds, offset, limit }),
      };
      high = low;
    }
  }

  #next(after: StayCursor, window: StayFilter, where: string, values: Values, alive: Alive): Key[] {
    const keys: Key[] = [];
    let skip = window.offset;
    for (const slice of this.#walk(after.enteredAt < topOf(window).enteredAt ? after : topOf(window), where, values)) {
      alive();
      const found = slice.keys(0, skip + window.limit - keys.length);
      keys.push(...found.slice(skip));
      skip = Math.max(0, skip - found.length);
      if (keys.length >= window.limit) break;
    }
    return keys;
  }
}

/** Ids come from scanned codes and are typed by people. */
const IDENTITY = "replace(replace(replace(upper(identity), '-', ''), '.', ''), ' ', '')";

const isBehind = (key: Key, cursor: StayCursor): boolean =>
  key.enteredAt < cursor.enteredAt || (key.enteredAt === cursor.enteredAt && key.uid < cursor.uid);

function conditions(filter: Partial<StayFilter>): { readonly where: string; readonly values: Values } {
  const wanted: readonly (readonly [keyof StayFilter, string])[] = [
    ['plate', 'instr(plate, @plate) > 0'],
    ['identity', `identity IS NOT NULL AND instr(${IDENTITY}, @identity) > 0`],
    ['status', 'status = @status'],
    ['enteredFrom', 'entered_at_ms >= @enteredFrom'],
    ['enteredTo', 'entered_at_ms < @enteredTo'],
    ['vehicleClass', 'vehicle_class = @vehicleClass'],
    ['parkingType', 'parking_type = @parkingType'],
    ['exitedFrom', 'exited_at_ms >= @exitedFrom'],
    ['exitedTo', 'exited_at_ms < @exitedTo'],
    ['laneId', "(entry_lane ->> '$.id' = @laneId OR exit_lane ->> '$.id' = @laneId)"],
  ];
  const where = ['1 = 1'];
  const values: Record<string, string | number> = {};
  for (const [name, condition] of wanted) {
    const value = filter[name];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    where.push(condition);
    values[name] = value;
  }
  return { where: where.join(' AND '), values };
}
