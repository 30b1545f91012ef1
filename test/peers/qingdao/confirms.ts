import { isDeepStrictEqual } from 'node:util';
import { type Finding, finding, type Opened } from './finding.ts';
import type { WireObject } from './lossless-json.ts';
import type { Notice } from './notices.ts';

/** A confirmation that arrived by HTTP. */
export interface Confirm {
  /** The digits as they stood in the decrypted text. */
  readonly requestId: string;
  readonly interface: string;
  readonly at: number;
  /** Since the notice left, by the platform's clock; `null` for a notice that never did. */
  readonly latencyMs: number | null;
  /** 20 s for specialCar, 5 s for all others. */
  readonly limitMs: number;
  readonly success: boolean;
  readonly params: WireObject;
  /** What it answers, when it repeats that rightly. */
  readonly notice: Notice | null;
}

const SECONDS = 1000;
const limitOf = (answers: string): number => (answers === 'specialCar' ? 20 * SECONDS : 5 * SECONDS);

/** A fee query is answered with a bill of the plate; everything else is repeated word for word. */
function repeats(notice: Notice, { params }: Opened): boolean {
  return notice.interface === 'fee' ? params.plateNo === notice.body.plateNo : isDeepStrictEqual(notice.body, params);
}

/** The confirmations, each held against the notices that went out. */
export class Confirms {
  readonly all: Confirm[] = [];
  /**
   * Whether a second answer to one departure of a notice is a violation, or a mere repeat. A broker delivers at least once
   * and a car park may be killed between an answer and its acknowledgement, so only a calm test can demand it.
   */
  once = false;
  /** Confirmations whose answer the car park did not get: it has to send them again. */
  readonly #unheard = new Set<Confirm>();
  readonly #notices = new Map<string, Notice[]>();
  readonly #answers = new Map<Notice, Confirm[]>();

  /** A notice goes out. */
  expect(notice: Notice): void {
    const key = `${notice.interface} ${notice.requestId}`;
    this.#notices.set(key, [...(this.#notices.get(key) ?? []), notice]);
  }

  /** Whether the params repeat a notice with this number. */
  echoes(answers: string, opened: Opened): boolean {
    return this.#candidates(answers, opened).some((notice) => repeats(notice, opened));
  }

  /** Books a confirmation, and says what is wrong with it and whether it has been there before. */
  book(
    name: string,
    answers: string,
    opened: Opened,
    at: number,
  ): { readonly confirm: Confirm; readonly findings: Finding[]; readonly again: boolean } {
    const candidates = this.#candidates(answers, opened);
    const right = candidates.filter((one) => repeats(one, opened));
    const notice = right.find((one) => one.confirmation !== 'must-not') ?? right[0] ?? null;
    const before = notice ? this.of(notice) : [];
    const departures = notice?.departures ?? candidates[0]?.departures ?? [];
    const left = departures[Math.min(before.length, departures.length - 1)];
    const confirm: Confirm = {
      requestId: String(opened.data.requestId),
      interface: name,
      at,
      latencyMs: left === undefined ? null : at - left,
      limitMs: limitOf(answers),
      success: opened.data.success === true,
      params: opened.params,
      notice,
    };
    this.all.push(confirm);
    if (notice) this.#answers.set(notice, [...before, confirm]);
    const again = before.length >= Math.max(1, departures.length);
    return { confirm, findings: this.#findings(confirm, answers, candidates, again, before), again };
  }

  /** The answer to it did not arrive, as far as the platform can know. */
  unheard(confirm: Confirm): void {
    this.#unheard.add(confirm);
  }

  /** The confirmations of a notice. */
  of(notice: Notice): readonly Confirm[] {
    return this.#answers.get(notice) ?? [];
  }

  #candidates(answers: string, { data }: Opened): readonly Notice[] {
    return this.#notices.get(`${answers} ${String(data.requestId)}`) ?? [];
  }

  #findings(
    { requestId, notice }: Confirm,
    answers: string,
    candidates: readonly Notice[],
    again: boolean,
    before: readonly Confirm[],
  ): Finding[] {
    if (candidates.length === 0)
      return [finding('echo', `no ${answers} with requestId ${requestId} was sent`, 'requestId')];
    if (!notice) return [finding('echo', `params do not repeat notice ${requestId}`, 'params')];
    if (notice.confirmation === 'must-not')
      return [finding('confirm', `${answers} ${requestId} should have been dropped`, 'requestId')];
    return again && this.once && !before.some((one) => this.#unheard.has(one))
      ? [finding('confirm', `${answers} ${requestId} is confirmed once more`, 'requestId')]
      : [];
  }
}
