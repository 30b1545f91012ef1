import type { Stay } from '../../../shared/domain/stay.ts';
import { bodyOf, type StoredRow } from '../journal/rows.ts';
import type { Repositories } from '../store/repositories.ts';

export type Relation = 'stay' | 'passage' | 'around';

/** Which lane a device stands at; `undefined` for what is no device of a lane. */
export type LaneOfDevice = (deviceId: string) => string | undefined;

export interface CollectedRow {
  readonly row: StoredRow;
  readonly relation: Relation;
}

/** Answers of the arm and pictures that were asked for come within seconds; so many rows after a passage are searched for them. */
const LATE_ROWS = 400;
/** A car that stands before a barrier all day: what happened around it is told up to here. */
const MOST_ROWS_AROUND = 20_000;

/** What happens to the whole car park, and so to every lane of it. */
const STATION_WIDE: ReadonlySet<string> = new Set(['alarm', 'clock-jumped', 'station-started', 'station-stopped']);

/**
 * All rows of the journal that tell of a stay, in order: those that name it, those of its passages, and what happened at its
 * lanes, to their devices and to the station meanwhile. Kinds play no part in the first two, so that nothing which a later
 * version writes is left out.
 */
export function collectRows(read: Repositories, stay: Stay, laneOfDevice: LaneOfDevice): CollectedRow[] {
  const rows = new Map<number, CollectedRow>();
  const add = (found: readonly StoredRow[], relation: Relation): void => {
    for (const row of found) if (!rows.has(row.seq)) rows.set(row.seq, { row, relation });
  };
  const own = read.journal.storedOfKey(stay.uid);
  add(own, 'stay');
  const passages = new Set(own.flatMap((row) => row.passage_id ?? []));
  for (const photo of read.photos.ofStay(stay.uid)) if (photo.passage_id !== null) passages.add(photo.passage_id);
  for (const passageId of passages) {
    const passage = read.journal.storedOfPassage(passageId);
    add(passage, 'passage');
    addAround(read, passage, laneOfDevice, add);
  }
  const [first] = own;
  const left = own.findLast((row) => row.kind === 'vehicle-exited' || row.kind === 'stay-closed');
  const until = stay.status === 'inside' ? read.journal.last().seq : (left ?? own.at(-1))?.seq;
  // A clock that was set, or a booth without power, while the car was inside concerns its fee.
  if (first && until !== undefined) add(read.journal.storedLifeBetween(first.seq, until), 'around');
  return [...rows.values()].sort((a, b) => a.row.seq - b.row.seq);
}

function addAround(
  read: Repositories,
  passage: readonly StoredRow[],
  laneOfDevice: LaneOfDevice,
  add: (rows: readonly StoredRow[], relation: Relation) => void,
): void {
  const first = passage[0]?.seq;
  const last = passage.at(-1)?.seq;
  if (first === undefined || last === undefined) return;
  const lanes = new Set(passage.flatMap((row) => row.lane_id ?? []));
  const asked = askedFor(passage);
  const window = read.journal.storedBetween(first, last + LATE_ROWS, MOST_ROWS_AROUND);
  const answers = window.filter((row) => asked.has(answerTo(row)));
  const answered = new Set(answers);
  add(answers, 'passage');
  add(
    window.filter((row) => row.seq <= last && !answered.has(row) && concerns(row, lanes, laneOfDevice)),
    'around',
  );
}

/** A row without a passage that happened where the car stood: at its lane, to a device there, or to the whole station. */
function concerns(row: StoredRow, lanes: ReadonlySet<string>, laneOfDevice: LaneOfDevice): boolean {
  if (row.passage_id !== null || row.key !== null) return false;
  if (row.lane_id !== null) return lanes.has(row.lane_id);
  if (!STATION_WIDE.has(row.kind)) return false;
  const lane = laneOfDevice(textField(row, 'subject') ?? '');
  return lane === undefined || lanes.has(lane);
}

/** Names of the commands and pictures that rows asked for. */
function askedFor(rows: readonly StoredRow[]): ReadonlySet<string> {
  const orders = rows.filter((row) => row.kind === 'gate-commanded');
  return new Set(orders.flatMap((row) => [textField(row, 'commandId') ?? [], textField(row, 'photoId') ?? []].flat()));
}

/** What a row without a passage answers: a command, or the wish for a picture. */
function answerTo(row: StoredRow): string {
  if (row.kind === 'gate-answered') return textField(row, 'commandId') ?? '';
  return row.kind === 'photo-taken' ? (textField(row, 'photoId') ?? '') : '';
}

function textField(row: StoredRow, name: string): string | undefined {
  const body = bodyOf(row);
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
