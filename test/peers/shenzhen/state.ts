import { ABNORMAL } from './codes.ts';
import type { Fields } from './message.ts';
import type { Told } from './sends.ts';
import { type AnswerStyle, usualStyle } from './style.ts';

/** What the car park has to keep to beyond its tables. A site may be set to other values, a test to shorter ones. */
export interface Pace {
  /** From the end of one failed send to the next; the last one goes on. */
  retryMs: readonly number[];
  toleranceMs: number;
  /** How far `timestamp` may be from the cloud's clock; 0 is any. */
  windowMs: number;
  /** Two freeNum are at least so far apart. */
  freeNumMs: number;
  /** freeNum, equipment and berthStatus come again without a change after so long. */
  everyMs: number;
  /** A device that says nothing for so long is taken as faulty. */
  faultMs: number;
  heartbeatMs: number;
  /** Without any frame for so long, either side closes. */
  deadMs: number;
  reconnectMs: readonly number[];
  /** Within which a request of the cloud is answered, in real time. */
  replyMs: number;
}

export const usualPace = (): Pace => ({
  ...{ retryMs: [5_000, 15_000, 60_000, 300_000], toleranceMs: 500, windowMs: 300_000 },
  ...{ freeNumMs: 10_000, everyMs: 300_000, faultMs: 600_000 },
  ...{ heartbeatMs: 30_000, deadMs: 90_000, reconnectMs: [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000] },
  replyMs: 5_000,
});

/** One stay, as the car park told it. */
export interface ParkingRecord {
  readonly recordCode: string;
  /** Entry, exit and corrections as they were told last, in order; null if they never came. */
  entry: Fields | null;
  exit: Fields | null;
  readonly updates: Fields[];
  /** As corrected: plate, colour, berth, times. */
  known: Fields;
}

export interface Berth {
  readonly berthCode: string;
  state: '0' | '1';
  sequence: number | null;
  reportTime: string;
  /** All changes, in order. */
  readonly history: Fields[];
}

/** An up request that can be read. */
export interface Request {
  readonly fields: Fields;
  readonly at: number;
  readonly ms: number;
}

/** What a recordUploadNotice allows once more. */
export interface Allowance {
  readonly at: number;
  /** Interfaces that may come again. */
  readonly left: Set<string>;
}

/** Everything that the cloud holds of one car park. */
export class State {
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly pace: Pace = usualPace();
  readonly style: AnswerStyle = usualStyle();
  /** By `interface key`. */
  readonly told = new Map<string, Told>();
  readonly records = new Map<string, ParkingRecord>();
  readonly berths = new Map<string, Berth>();
  /** By equipmentCode, the newest. */
  readonly devices = new Map<string, Fields>();
  /** Newest berthStatus by device and berth. */
  readonly videoBerths = new Map<string, Map<string, { readonly state: string; readonly at: number }>>();
  readonly entrances = new Map<string, Fields>();
  readonly lists = new Map<string, Fields>();
  carPark: Fields | null = null;
  freeSpaces: { readonly count: number; readonly at: number } | null = null;
  /** What berths a video device has, where a test says so. */
  readonly berthsOf = new Map<string, readonly string[]>();
  readonly asked = new Map<string, Allowance>();
  /** Whether the site lets the cloud open gates by parameters (chargeOverTimeAutoOpen 0, alarmGateType 1). */
  autoOpenAllowed = false;
  /** When the program of the car park started, as far as is known, by the monotonic clock. */
  readonly starts: number[] = [];
  /** Whether the car park may have said what the cloud could not even see. */
  missed = false;

  constructor(now: () => number, monotonic: () => number) {
    this.now = now;
    this.monotonic = monotonic;
  }

  recordOf(recordCode: string): ParkingRecord {
    const known = this.records.get(recordCode);
    if (known) return known;
    const record: ParkingRecord = { recordCode, entry: null, exit: null, updates: [], known: {} };
    this.records.set(recordCode, record);
    return record;
  }

  /** Whether it started after that moment of the monotonic clock. */
  startedSince(ms: number): boolean {
    return this.starts.some((at) => at >= ms);
  }

  started(): void {
    this.starts.push(this.monotonic());
  }

  /** The car park was killed: what it was answered last it may not have kept. */
  carParkDied(withinMs: number): void {
    const since = this.monotonic() - withinMs;
    for (const { sends } of this.told.values()) {
      for (const send of sends)
        if (send.result === 'pending' || (send.result === 'heard' && (send.endedMs ?? 0) >= since))
          send.result = 'unclear';
      const last = sends.at(-1);
      if (last) last.forgotten = true;
    }
  }
}

/** Video devices that are said to work, and were silent for too long. */
export function faultyDevices({ videoBerths, devices, now, pace }: State): string[] {
  const last = (code: string): number => Math.max(...[...(videoBerths.get(code)?.values() ?? [])].map(({ at }) => at));
  return [...videoBerths.keys()].filter(
    (code) => devices.get(code)?.['state'] !== ABNORMAL && now() - last(code) > pace.faultMs,
  );
}
