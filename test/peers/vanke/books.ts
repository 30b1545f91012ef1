import type { DownAnswer } from './answers.ts';
import type { DownName } from './down-tables.ts';
import { againstRecognition } from './interfaces/receiveCrossGate.ts';
import { type JsonObject, textOf } from './json.ts';
import { type Told, unansweredInRow } from './sends.ts';
import type { State } from './state.ts';

/** One car that really went by, as the test knows it. */
export interface Passage {
  readonly plateNumber: string;
  readonly deviceNo?: string;
  /** False for a car that went by without being read. */
  readonly recognised?: boolean;
  /** False for a car that was read and went away. */
  readonly crossed?: boolean;
}

/** Something known by its uuid, told or fetched. */
interface Known {
  readonly uuid: string;
  readonly plateNumber: string;
  readonly deviceNo: string;
}

type Kind = 'recognition' | 'crossing';
const SHARED: Readonly<Record<Kind, readonly string[]>> = {
  recognition: ['deviceNo', 'plateNumber', 'color', 'recognitionTime', 'image'],
  crossing: ['deviceNo', 'plateNumber', 'color', 'crossTime'],
};

/** What the cloud knows of each car: what it was told, and what it fetched because it could not be told. */
export class Books {
  /** Rows of queryUnPushRecognitionInfo by uuid, the newest. */
  readonly fetchedRecognitions: ReadonlyMap<string, JsonObject>;
  readonly fetchedCrossings: ReadonlyMap<string, JsonObject>;
  readonly #state: State;
  /** Rows that told something else the next time that they were fetched. */
  readonly #changed: string[] = [];

  constructor(state: State) {
    this.#state = state;
    this.fetchedRecognitions = state.offered.recognition;
    this.fetchedCrossings = state.offered.crossing;
  }

  fetched(name: DownName, { data }: DownAnswer): void {
    if (name !== 'queryUnPushCrossInfo' && name !== 'queryUnPushRecognitionInfo') return;
    const rows = this.#state.offered[name === 'queryUnPushCrossInfo' ? 'crossing' : 'recognition'];
    for (const row of data) {
      const uuid = textOf(row, 'uuid');
      const before = rows.get(uuid);
      if (before && JSON.stringify(before) !== JSON.stringify(row)) this.#changed.push(`${name} tells ${uuid} anew`);
      rows.set(uuid, row);
    }
  }

  /** Everything known of this kind, each uuid once. */
  known(kind: Kind): Known[] {
    const known = new Map<string, Known>();
    for (const [uuid, row] of this.#rows(kind))
      known.set(uuid, { uuid, plateNumber: textOf(row, 'plateNumber'), deviceNo: textOf(row, 'deviceNo') });
    for (const [uuid, one] of this.#told(kind)) if (one.received) known.set(uuid, one);
    return [...known.values()];
  }

  /**
   * What does not agree. Without passages: what was told against what was fetched. With them also: whether each car is known
   * exactly once, and nothing else is.
   */
  differences(passages?: readonly Passage[]): string[] {
    const found = [...this.#changed, ...this.#within('recognition'), ...this.#within('crossing'), ...this.#crossings()];
    if (!passages) return found;
    const recognised = passages.filter((one) => one.recognised !== false);
    const crossed = passages.filter((one) => one.crossed !== false);
    return [...found, ...this.#against('recognition', recognised), ...this.#against('crossing', crossed)];
  }

  #rows(kind: Kind): ReadonlyMap<string, JsonObject> {
    return kind === 'recognition' ? this.fetchedRecognitions : this.fetchedCrossings;
  }

  #told(kind: Kind): ReadonlyMap<string, Told & Known & { readonly received: boolean }> {
    return kind === 'recognition' ? this.#state.recognitions : this.#state.crossings;
  }

  #within(kind: Kind): string[] {
    const { missed, pace } = this.#state;
    const rows = this.#rows(kind);
    const found: string[] = [];
    for (const [uuid, told] of this.#told(kind)) {
      const row = rows.get(uuid);
      const name = `${kind} ${uuid} (${told.plateNumber || 'no plate'})`;
      const row5 = unansweredInRow(told);
      if (!row) {
        if (!told.received && row5 >= pace.tries) found.push(`${name} was lost ${row5} times and never fetched`);
        continue;
      }
      for (const field of SHARED[kind])
        if (told.fields[field] !== row[field])
          found.push(
            `${name}: ${field} was told as ${textOf(told.fields, field)} and fetched as ${textOf(row, field)}`,
          );
      // One that went unanswered fewer times may have failed while nobody could count.
      if (!missed && told.sends.at(-1)?.result === 'heard')
        found.push(`${name} was answered and is offered as not pushed`);
    }
    return found;
  }

  /** Each crossing belongs to something that was read, unless nothing could be read. */
  #crossings(): string[] {
    const found: string[] = [];
    const all = new Map<string, JsonObject>(this.fetchedCrossings);
    for (const [uuid, { fields, received }] of this.#state.crossings) if (received) all.set(uuid, fields);
    for (const [uuid, fields] of all) {
      const told = this.#state.recognitions.get(uuid);
      const row = this.fetchedRecognitions.get(uuid);
      const plate = textOf(fields, 'plateNumber');
      if (!told && !row) {
        if (plate !== '') found.push(`crossing ${uuid} (${plate}) is of no recognition that was told or fetched`);
        continue;
      }
      const read = told ?? {
        recognitionTime: textOf(row ?? {}, 'recognitionTime'),
        ...{ deviceNo: textOf(row ?? {}, 'deviceNo'), plateNumber: textOf(row ?? {}, 'plateNumber') },
        color: textOf(row ?? {}, 'color'),
      };
      for (const { proven, detail } of againstRecognition(fields, read))
        if (proven) found.push(`crossing ${uuid} (${plate}): ${detail}`);
    }
    return found;
  }

  #against(kind: Kind, passages: readonly Passage[]): string[] {
    const left = this.known(kind);
    const found: string[] = [];
    // The more is known of a car, the earlier it chooses.
    const ordered = [...passages].sort((a, b) => Number(b.deviceNo !== undefined) - Number(a.deviceNo !== undefined));
    for (const { plateNumber, deviceNo } of ordered) {
      const index = left.findIndex(
        (one) => one.plateNumber === plateNumber && (deviceNo === undefined || one.deviceNo === deviceNo),
      );
      if (index < 0)
        found.push(`no ${kind} of ${plateNumber || 'a car without a plate'} at ${deviceNo ?? 'any device'}`);
      else left.splice(index, 1);
    }
    return [
      ...found,
      ...left.map(({ uuid, plateNumber, deviceNo }) => `one ${kind} too many: ${plateNumber} at ${deviceNo} (${uuid})`),
    ];
  }
}
