import { type Abnormal, Abnormals } from './abnormals.ts';
import { type JsonObject, textOf } from './json.ts';
import { heard, type Told } from './sends.ts';
import { type AnswerStyle, usualStyle } from './style.ts';
import { Wills } from './wills.ts';

/** A reading of a plate, known by its uuid. */
export interface Recognition extends Told {
  readonly uuid: string;
  readonly deviceNo: string;
  readonly plateNumber: string;
  readonly color: string;
  readonly image: string;
  readonly recognitionTime: string;
  readonly reliability: number | null;
  /** Whether the cloud took it in; false if every send was lost or refused. */
  received: boolean;
  /** How many sends were decided. */
  decided: number;
}

/** A car on the anti-smash loop, known by the uuid of its recognition. */
export interface Crossing extends Told {
  readonly uuid: string;
  readonly deviceNo: string;
  readonly plateNumber: string;
  readonly color: string;
  readonly crossTime: string;
  received: boolean;
}

/** A receiveOpenGate that was done. */
interface Opening {
  readonly deviceNo: string;
  readonly mode: string;
  readonly ms: number;
}

/** 常开 and 恢复: what holds until the other is said. */
const KEEP_OPEN = '0';
const ONE_BY_ONE = '1';
const LASTING: readonly string[] = [KEEP_OPEN, ONE_BY_ONE];

/** What the car park has to keep to beyond its tables; a site may be set to other values. */
export interface Pace {
  /** From one answered "1" to the next send. */
  pollMs: number;
  toleranceMs: number;
  /** Sends in a row without an answer, the first one included. */
  tries: number;
  /** How far the time of a message may be from the cloud's. */
  skewMs: number;
  /** A fault that lasts is told again after so long; never, unless a site is switched to that. */
  abnormalAgainMs: number;
  /** Nobody can have stood on the loop too long twice within this. */
  loopMs: number;
}

const usualPace = (): Pace => ({
  ...{ pollMs: 2_000, toleranceMs: 200, tries: 5, skewMs: 60_000 },
  ...{ abnormalAgainMs: Number.POSITIVE_INFINITY, loopMs: 30_000 },
});

/** Everything that the cloud holds of one car park. */
export class State {
  readonly now: () => number;
  readonly monotonic: () => number;
  /** By uuid, in order of arrival, those that were only ever lost among them. */
  readonly recognitions = new Map<string, Recognition>();
  readonly crossings = new Map<string, Crossing>();
  readonly abnormals = new Abnormals();
  readonly wills = new Wills();
  readonly style: AnswerStyle = usualStyle();
  readonly pace: Pace = usualPace();
  /** Asked for plates without a will of their own. */
  decide: ((recognition: Recognition, nth: number) => 'allow' | 'refuse') | undefined;
  /** Whether the car park may have said what the cloud could not even see. */
  missed = false;
  /** Rows that the car park handed over as not pushed, by uuid, the newest. */
  readonly offered: Readonly<Record<'recognition' | 'crossing', Map<string, JsonObject>>> = {
    recognition: new Map(),
    crossing: new Map(),
  };
  /** When the car park last answered a call of the cloud's. */
  contactMs = Number.NEGATIVE_INFINITY;
  readonly #openings: Opening[] = [];

  constructor(now: () => number, monotonic: () => number) {
    this.now = now;
    this.monotonic = monotonic;
  }

  get told(): readonly Told[] {
    return [...this.recognitions.values(), ...this.crossings.values(), ...this.abnormals.all];
  }

  /** The car park was killed: what it was answered last it may not have kept. */
  carParkDied(withinMs: number): void {
    const since = this.monotonic() - withinMs;
    for (const { sends } of this.told)
      for (const send of sends)
        if (send.result === 'heard' && send.endedMs !== null && send.endedMs >= since) send.result = 'unclear';
  }

  /** The car park said that it did what receiveOpenGate asked. */
  opened(fields: JsonObject): void {
    const [deviceNo, mode] = [textOf(fields, 'deviceNo'), String(fields['openMode'])];
    this.#openings.push({ deviceNo, mode, ms: this.monotonic() });
  }

  /** Since when this reading need not ask any more, because the cloud opened its gate or keeps it open. */
  openedFor({ deviceNo, sends }: Recognition): number | undefined {
    const first = sends[0]?.ms ?? 0;
    const here = this.#openings.filter((one) => one.deviceNo === deviceNo);
    if (here.findLast(({ ms, mode }) => ms <= first && LASTING.includes(mode))?.mode === KEEP_OPEN) return first;
    return here.find(({ ms, mode }) => ms > first && mode !== ONE_BY_ONE)?.ms;
  }

  /** Whether the cloud said "0" to this recognition, and the car park can have read it. */
  allowed(uuid: string): boolean {
    const recognition = this.recognitions.get(uuid);
    return recognition !== undefined && heard(recognition, '0') !== undefined;
  }
}

export type { Abnormal };

/** An up request that is of this car park and can be read. */
export interface Request {
  readonly fields: JsonObject;
  readonly at: number;
  readonly ms: number;
}
