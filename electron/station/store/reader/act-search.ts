import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ActsAbout } from '../../../../shared/domain/acts.ts';
import { JournalStore } from '../journal-store.ts';
import { journalBounds } from './journal-search.ts';
import type { ActCounts, ActFilter, ActPage } from './requests.ts';
import { type Alive, pageOfSlices, SLICE, type Slice } from './slices.ts';

/** Numbers of the journal that one statement looks at; few of them are of the kinds that are asked for. */
const STEP = SLICE * 4;
/** What such a look costs, in rows of a list that is read whole. */
const STEP_WEIGHT = SLICE / 4;

const STOPPED = `(SELECT k.body ->> '$.reason' FROM journal k INDEXED BY journal_by_passage
  WHERE k.passage_id = j.passage_id AND k.kind = 'passage-waiting' ORDER BY k.seq DESC LIMIT 1)`;

/** What stops a car because it is not to pass, where other reasons only ask who it is. */
const REFUSING = [
  'blacklisted',
  'arrears',
  'card-expired',
  'card-surplus',
  'quota-full',
  'area-closed',
  'lot-full',
  'remote-refused',
] as const;
const REFUSING_LIST = REFUSING.map((each) => `'${each}'`).join(', ');

/**
 * Turned away: sent off by a person, turned back after it was let through, or gone by itself when the next car came, after a
 * rule had stopped it and nobody let it through.
 */
const TURNED_AWAY = `(j.body ->> '$.how' IN ('cancelled', 'turned-back') OR (j.body ->> '$.how' = 'next-car'
  AND ${STOPPED} IN (${REFUSING_LIST})
  AND NOT EXISTS (SELECT 1 FROM journal k INDEXED BY journal_by_passage
    WHERE k.passage_id = j.passage_id AND k.kind IN ('vehicle-entered', 'vehicle-exited'))))`;

const SOURCES: Readonly<Record<ActsAbout, { readonly kinds: string; readonly where: string }>> = {
  gates: { kinds: "'gate-commanded'", where: "j.actor_kind = 'user' AND j.body ->> '$.origin' = 'manual'" },
  edits: { kinds: "'stay-corrected', 'plate-corrected'", where: "j.actor_kind = 'user'" },
  'turned-away': { kinds: "'passage-ended'", where: TURNED_AWAY },
};

const LOWERED = "j.body ->> '$.what' = 'fee' AND j.body ->> '$.stay.chargeFen' < j.body ->> '$.before.chargeFen'";

function conditions({ about, edited, ...filter }: ActFilter): string {
  const { kinds, where } = SOURCES[about];
  const all = [`j.kind IN (${kinds})`, 'j.seq BETWEEN @low AND @high', where];
  if (filter.from !== undefined) all.push('j.at_ms >= @from');
  if (filter.to !== undefined) all.push('j.at_ms < @to');
  if (filter.actor !== undefined) all.push('j.actor_name = @actor');
  if (filter.laneId !== undefined) all.push('j.lane_id = @laneId');
  if (filter.loose === true) all.push('j.key IS NULL');
  if (about === 'edits' && edited !== undefined)
    all.push(
      edited === 'fee-lowered'
        ? LOWERED
        : "(j.body ->> '$.what' = @edited OR (@edited = 'plate' AND j.kind = 'plate-corrected'))",
    );
  return all.join(' AND ');
}

const found = z.array(z.object({ seq: z.int(), stopped: z.string().nullable() }));
type Found = z.output<typeof found>[number];
const stops = z.array(z.object({ reason: z.string(), count: z.int() }));

/** What somebody may have to answer for: acts on the arms, edits, and cars that were not let through. Newest first. */
export class ActSearch {
  readonly #db: Database;
  readonly #journal: JournalStore;

  constructor(db: Database) {
    this.#db = db;
    this.#journal = new JournalStore(db);
  }

  page(filter: ActFilter, alive: Alive): ActPage {
    const { keys, total, exact } = pageOfSlices(this.#walk(filter), filter, alive);
    const items = keys.flatMap(({ seq, stopped }) => this.#journal.after(seq - 1, 1).map((row) => ({ row, stopped })));
    return { items, total, exact };
  }

  counts(span: Pick<ActFilter, 'from' | 'to'>, alive: Alive): ActCounts {
    const count = (about: ActsAbout) => {
      const { total, exact } = pageOfSlices(this.#walk({ about, ...span, offset: 0, limit: 0 }), NOTHING, alive);
      return { total, exact };
    };
    return {
      gates: count('gates'),
      edits: count('edits'),
      turnedAway: count('turned-away'),
      stopped: this.#stopped(span, alive),
    };
  }

  #stopped(span: Pick<ActFilter, 'from' | 'to'>, alive: Alive): ActCounts['stopped'] {
    const statement = this.#db.prepare<[object]>(
      `SELECT body ->> '$.reason' AS reason, count(*) AS count FROM journal INDEXED BY journal_by_kind
        WHERE kind = 'passage-waiting' AND seq BETWEEN @low AND @high AND at_ms >= @from AND at_ms < @to
          AND body ->> '$.reason' IN (${REFUSING_LIST}) GROUP BY 1`,
    );
    const sums = new Map<string, number>();
    const time = { from: span.from ?? 0, to: span.to ?? Number.MAX_SAFE_INTEGER };
    for (const { low, high } of this.#steps(span)) {
      alive();
      for (const { reason, count } of stops.parse(statement.all({ ...time, low, high })))
        sums.set(reason, (sums.get(reason) ?? 0) + count);
    }
    return REFUSING.flatMap((reason) => {
      const count = sums.get(reason);
      return count === undefined ? [] : [{ reason, count }];
    });
  }

  *#walk(filter: ActFilter): Generator<Slice<Found>> {
    const where = conditions(filter);
    const source = `FROM journal j INDEXED BY journal_by_kind WHERE ${where}`;
    const count = this.#db.prepare<[object], number>(`SELECT count(*) ${source}`).pluck();
    const keys = this.#db.prepare<[object]>(
      `SELECT j.seq, ${filter.about === 'turned-away' ? STOPPED : 'NULL'} AS stopped ${source}
        ORDER BY j.seq DESC LIMIT @limit OFFSET @offset`,
    );
    const { from: since = null, to = null, actor = null, laneId = null, edited = null } = filter;
    const bound = { from: since, to, actor, laneId, edited };
    for (const { low, high } of this.#steps(filter))
      yield {
        size: STEP_WEIGHT,
        count: () => count.get({ ...bound, low, high }) ?? 0,
        keys: (offset, limit) => found.parse(keys.all({ ...bound, low, high, offset, limit })),
      };
  }

  *#steps(span: Pick<ActFilter, 'from' | 'to'>): Generator<{ readonly low: number; readonly high: number }> {
    const { lowest, highest } = journalBounds(this.#db, span, this.#journal.last().seq);
    for (let high = highest; high >= lowest; high -= STEP) yield { low: Math.max(lowest, high - STEP + 1), high };
  }
}

/** Only the number is asked for. */
const NOTHING = { offset: 0, limit: 0 };
