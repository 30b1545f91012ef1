import type { Actor } from '../../../shared/domain/events.ts';
import { fenToYuanText } from '../../../shared/domain/money.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { PublishedTariff } from '../../../shared/domain/tariff-records.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import type { Pricing } from '../payments/pricing.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import type { AcceptanceResult } from '../tariff/acceptance.ts';
import { effectiveAt } from '../tariff/book.ts';
import { checkTariff } from '../tariff/check.ts';
import { mayFall } from '../tariff/may-fall.ts';
import type { Cases } from './cases.ts';
import { by, contentSha256 } from './common.ts';
import { type Drafts, demandRevision } from './drafts.ts';
import { pathText } from './parse.ts';
import { type DraftFinding, referenceFindings } from './references.ts';
import type { Versions } from './versions.ts';

/** A time typed a moment ago means now. */
const JUST_NOW_MS = 60_000;

/** Everything that stands between a draft and its publication, and what a manager should know besides. */
export interface DraftCheck {
  readonly findings: readonly DraftFinding[];
  readonly cases: readonly AcceptanceResult[];
  /** Tariffs of another id that would no longer be in force (`id@version`), if it were published from now. */
  readonly replaces: readonly string[];
  readonly mayFall: boolean;
  readonly publishable: boolean;
}

/** 发布: the way from a draft to a version that prices cars. */
export class Publishing {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #pricing: Pricing;
  readonly #drafts: Drafts;
  readonly #cases: Cases;
  readonly #versions: Versions;
  readonly #areas: readonly string[];

  constructor(deps: {
    readonly store: Store;
    readonly clock: Clock;
    readonly pricing: Pricing;
    readonly drafts: Drafts;
    readonly cases: Cases;
    readonly versions: Versions;
    /** Ids of the areas that the car park has. */
    readonly areas: readonly string[];
  }) {
    this.#areas = deps.areas;
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#pricing = deps.pricing;
    this.#drafts = deps.drafts;
    this.#cases = deps.cases;
    this.#versions = deps.versions;
  }

  check(draftId: string, at: EpochMs = this.#clock.now()): DraftCheck {
    const { tariff, open } = this.#drafts.get(draftId);
    return this.checkTariff(tariff, open, at);
  }

  /** The same of a tariff that may not be saved at all; `open` are the choices that nobody has made yet. */
  checkTariff(tariff: Tariff, open: readonly string[] = [], at: EpochMs = this.#clock.now()): DraftCheck {
    const findings = [
      ...open.map(openFinding),
      ...checkTariff(tariff, this.#pricing.calendar()),
      ...referenceFindings(tariff, this.#areas),
    ];
    const cases = this.#cases.run(tariff);
    const candidate = {
      ...tariff,
      version: this.#versions.nextVersion(tariff.id),
      effectiveFrom: toRfc3339(at),
    };
    return {
      findings,
      cases,
      replaces: this.#versions.replacedBy(candidate, at).filter((one) => !one.startsWith(`${tariff.id}@`)),
      mayFall: mayFall(tariff),
      publishable: findings.every(({ severity }) => severity !== 'error') && cases.every(({ passed }) => passed),
    };
  }

  /**
   * Makes a draft the next version of its tariff; the draft is gone then.
   *
   * @throws ConflictError `in-the-past` | `draft-changed` | `choices-open` | `tariff-has-errors` | `acceptance-failed`; NotFoundError
   */
  publish(
    draftId: string,
    wanted: { readonly effectiveFrom?: EpochMs | undefined; readonly revision?: number | undefined },
    actor: Actor,
  ): PublishedTariff {
    const now = this.#clock.now();
    const from = wanted.effectiveFrom ?? now;
    if (from < now - JUST_NOW_MS) throw new ConflictError('in-the-past', '生效时间不能早于现在');
    const draft = this.#drafts.get(draftId);
    demandRevision(draft, wanted.revision);
    const { findings, cases } = this.check(draftId, Math.max(from, now));
    demandNoErrors(findings);
    demandAllPassed(cases);
    const { tariff } = draft;
    const version = this.#versions.nextVersion(tariff.id);
    const published: PublishedTariff = {
      id: `${tariff.id}@${version}`,
      number: this.#versions.nextNumber(),
      tariff: { ...tariff, version, effectiveFrom: toRfc3339(Math.max(from, now)) },
      source: 'api',
      provisionSha256: null,
      publishedAt: now,
      publishedBy: actor.name,
      calendarSha256: contentSha256(this.#pricing.calendar()),
      casesPassed: cases.length,
      withdrawn: null,
    };
    this.#store.write((tx) =>
      tx.record({ ...by(actor, tariff.id), kind: 'tariff-published', body: { published, draftId } }),
    );
    return published;
  }

  /**
   * Calls a version back that no car was priced by.
   *
   * @throws ConflictError `already-in-effect` | `already-withdrawn`; NotFoundError
   */
  withdraw(tariffId: string, version: number, reason: string, actor: Actor): PublishedTariff {
    const known = this.#versions.get(tariffId, version);
    const now = this.#clock.now();
    if (known.withdrawn) throw new ConflictError('already-withdrawn', '这一版已经撤回');
    if (effectiveAt(known.tariff) <= now)
      throw new ConflictError('already-in-effect', '这一版已经生效，不能撤回；请发布新的一版');
    const published = { ...known, withdrawn: { at: now, by: actor.name, reason } };
    this.#store.write((tx) =>
      tx.record({ ...by(actor, tariffId), kind: 'tariff-withdrawn', body: { published, reason } }),
    );
    return published;
  }
}

/** `rules.0.free.mode` as a finding at its field. */
const openFinding = (path: string): DraftFinding => ({
  severity: 'error',
  code: 'choice-open',
  path: path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  message: 'nobody has chosen a reading yet',
});

function demandNoErrors(findings: readonly DraftFinding[]): void {
  const open = findings.filter(({ code }) => code === 'choice-open').length;
  if (open > 0) throw new ConflictError('choices-open', `还有 ${open} 个问题没有决定，不能发布`);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const words = errors.map(({ path, message }) => `${pathText(path)}: ${message}`);
  throw new ConflictError('tariff-has-errors', `收费规则自相矛盾：${words.join('；')}`);
}

function demandAllPassed(cases: readonly AcceptanceResult[]): void {
  const failed = cases.filter(({ passed }) => !passed);
  if (failed.length === 0) return;
  const words = failed.map(({ case: one, fee }) => {
    const actual = fee ? `${fenToYuanText(fee.feeFen)} 元` : '没有适用的价格';
    return `「${one.name}」应为 ${fenToYuanText(one.feeFen)} 元，算得 ${actual}`;
  });
  throw new ConflictError('acceptance-failed', `${failed.length} 个验收用例未通过：${words.join('；')}`);
}
