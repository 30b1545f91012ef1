import type { Plan } from './plan.ts';
import type { Slice } from './slices.ts';

/** What each cap took off one charge. */
export interface Cuts {
  readonly segment: number;
  readonly naturalDay: number;
  readonly frame: number;
  readonly stay: number;
}

const NONE: Cuts = { segment: 0, naturalDay: 0, frame: 0, stay: 0 };

/** The cap of the `frame`-th 24 hours; the last of a rising list holds for all later ones. */
export const frameCap = (plan: Plan, frame: number): number =>
  plan.frameCaps[Math.min(frame, plan.frameCaps.length - 1)] ?? Number.POSITIVE_INFINITY;

/** Money charged so far under one cap, in the period of it that is running. */
class Scope {
  #key = -1;
  #sum = 0;

  room(key: number, cap: number): number {
    return cap - this.sum(key);
  }

  add(key: number, fen: number): void {
    this.#sum = this.sum(key) + fen;
    this.#key = key;
  }

  sum(key: number): number {
    return key === this.#key ? this.#sum : 0;
  }
}

/**
 * All caps of a stay, the narrow ones first: segment, natural day, 24 hours, stay. Charges come in the order of time, and each
 * is let through as far as every cap has room; what it does with later charges cannot change an earlier one, so a
 * longer stay never costs less because of a cap.
 */
export class Caps {
  readonly #plan: Plan;
  readonly #segment = new Scope();
  readonly #day = new Scope();
  readonly #frame = new Scope();
  readonly #stay = new Scope();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** What the 24 hours came to so far. */
  frameSum(frame: number): number {
    return this.#frame.sum(frame);
  }

  take(slice: Slice, grossFen: number): Cuts {
    const { naturalDayCap, stayCap, frameCaps } = this.#plan;
    const segmentCap = slice.segment?.capFen ?? null;
    let net = grossFen;
    const cut = (room: number): number => {
      const over = Math.max(0, net - Math.max(0, room));
      net -= over;
      return over;
    };
    const segment = segmentCap === null ? 0 : cut(this.#segment.room(slice.occurrence, segmentCap));
    const naturalDay = naturalDayCap === null ? 0 : cut(this.#day.room(slice.day, naturalDayCap));
    const frame = frameCaps.length === 0 ? 0 : cut(this.#frame.room(slice.frame, frameCap(this.#plan, slice.frame)));
    const stay = stayCap === null ? 0 : cut(this.#stay.room(0, stayCap));
    this.#segment.add(slice.occurrence, net);
    this.#day.add(slice.day, net);
    this.#frame.add(slice.frame, net);
    this.#stay.add(0, net);
    return net === grossFen ? NONE : { segment, naturalDay, frame, stay };
  }

  /** Brings the 24 hours to the price of a whole day, as far as the stay's cap has room; returns the difference. */
  settleWholeDay(frame: number, feeFen: number): number {
    const wanted = feeFen - this.frameSum(frame);
    const room = this.#plan.stayCap === null ? wanted : this.#stay.room(0, this.#plan.stayCap);
    const change = Math.min(wanted, room);
    this.#frame.add(frame, change);
    this.#stay.add(0, change);
    return change;
  }
}
