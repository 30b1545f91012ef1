import type { Calendar } from '../../../shared/domain/calendar.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import type { AcceptanceCase, Tariff } from '../../../shared/domain/tariff.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import type { Pricing } from '../payments/pricing.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Store } from '../store/store.ts';
import { type AcceptanceResult, runAcceptance } from '../tariff/acceptance.ts';
import { bookAsIf } from './as-if.ts';
import { by, contentSha256 } from './common.ts';
import { demandStay } from './trial.ts';

/** All of them run before every publication, in one go. */
export const MOST_CASES = 500;

/** 验收用例: stays and the fees that they must have, kept per tariff and not per version. */
export class Cases {
  readonly #store: Store;
  readonly #pricing: Pricing;

  constructor(deps: { readonly store: Store; readonly pricing: Pricing }) {
    this.#store = deps.store;
    this.#pricing = deps.pricing;
  }

  of(tariffId: string): readonly AcceptanceCase[] {
    return this.#store.read.tariffCases.get(tariffId)?.cases ?? [];
  }

  /**
   * Replaces all cases of a tariff.
   *
   * @throws ConflictError `cases-invalid`, naming every faulty case
   */
  put(tariffId: string, cases: readonly AcceptanceCase[], actor: Actor): readonly AcceptanceCase[] {
    const faults = caseFaults(cases);
    if (faults.length > 0) throw new ConflictError('cases-invalid', `验收用例有误：${faults.join('；')}`);
    const before = this.of(tariffId);
    if (contentSha256(before) === contentSha256(cases)) return before;
    const set = { id: tariffId, cases: [...cases] };
    this.#store.write((tx) =>
      tx.record({ ...by(actor, tariffId), kind: 'tariff-cases-changed', body: { set, before: before.length } }),
    );
    return cases;
  }

  /** Runs the cases of a tariff against one version or draft of it, as though it had always been in force. */
  run(tariff: Tariff, calendar: Calendar = this.#pricing.calendar()): AcceptanceResult[] {
    const cases = this.of(tariff.id);
    const book = { ...bookAsIf({ ...this.#pricing.book(), calendar }, tariff), tariffId: tariff.id };
    // As at a lane: a car of which nothing else is known is a temporary one.
    const complete = cases.map((one) => ({ ...one, cardType: one.cardType ?? 'temporary' }));
    return runAcceptance(book, complete).map((result, index) => ({ ...result, case: cases[index] ?? result.case }));
  }
}

function caseFaults(cases: readonly AcceptanceCase[]): string[] {
  if (cases.length > MOST_CASES) return [`不能超过 ${MOST_CASES} 条`];
  const names = new Set<string>();
  return cases.flatMap((one, index) => {
    const where = `第 ${index + 1} 条「${one.name}」`;
    if (names.has(one.name)) return [`${where}名称重复`];
    names.add(one.name);
    try {
      demandStay(fromRfc3339(one.enteredAt), fromRfc3339(one.exitedAt));
      return [];
    } catch (error) {
      if (error instanceof ConflictError) return [`${where}${error.message}`];
      throw error;
    }
  });
}
