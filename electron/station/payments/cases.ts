import type { Actor } from '../../../shared/domain/events.ts';
import type { Case, CaseHindrance, CaseKind } from '../../../shared/domain/money-flow.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';

/** What a case is about. */
export interface CaseFacts {
  readonly kind: CaseKind;
  readonly uid: string | null;
  readonly laneId: string | null;
  readonly passageId: string | null;
  readonly plate: string;
  readonly amountFen: number;
  readonly detail: string;
  /**
   * What makes it one case: the same kind and subject again is the same case, also after it was closed. Absent: one case per
   * kind, stay and passage is open at a time.
   */
  readonly subject?: string | undefined;
  /** People whom it may be about, where that is not whoever opens it. */
  readonly causedBy?: readonly string[] | undefined;
}

/** Opens a case (异常) inside the caller's transaction; what is known already changes nothing and is returned as it is. */
export function openCase(
  tx: Tx,
  facts: CaseFacts,
  actor: Actor,
  context: { readonly now: number; readonly id: string },
): Case {
  const id = facts.subject === undefined ? context.id : `case-${facts.kind}-${facts.subject}`;
  const known =
    tx.cases.get(id) ??
    (facts.subject === undefined && facts.uid !== null
      ? tx.cases
          .ofStay(facts.uid)
          .find((each) => each.kind === facts.kind && each.passageId === facts.passageId && each.closedAt === null)
      : undefined);
  if (known) return known;
  const opened: Case = {
    id,
    kind: facts.kind,
    uid: facts.uid,
    laneId: facts.laneId,
    passageId: facts.passageId,
    plate: facts.plate,
    amountFen: facts.amountFen,
    detail: facts.detail.slice(0, 400),
    openedAt: context.now,
    owner: null,
    closedAt: null,
    closedBy: null,
    resolution: null,
    ...(facts.causedBy ? { causedBy: [...facts.causedBy] } : actor.kind === 'user' ? { causedBy: [actor.name] } : {}),
  };
  tx.record({
    kind: 'case-changed',
    key: facts.uid,
    laneId: facts.laneId,
    passageId: facts.passageId,
    actor,
    body: { change: 'opened', case: opened },
  });
  return opened;
}

/** Money is missing, was let go or came twice: whoever stood there must not be the one to explain it away. */
const ABOUT_MONEY: ReadonlySet<CaseKind> = new Set([
  'shift-difference',
  'released',
  'no-entry',
  'left-while-held',
  'paid-twice',
  'opened-by-hand',
  'closed-early',
  'turned-back',
]);

const REFUSALS: Readonly<Record<CaseHindrance, string>> = {
  'case-closed': '这条异常已处理完毕',
  'case-taken': '别人正在处理这条异常',
  'case-not-taken': '请先领取这条异常，再处理',
  'managers-only': '涉及款项的异常由车场经理核实后处理',
  'own-case': '您经手过这条异常所涉及的业务，请由其他车场经理处理',
};

const refusalOf = (hindrance: CaseHindrance, { owner }: Case): string =>
  hindrance === 'case-taken' && owner !== null ? `${owner} 正在处理这条异常` : REFUSALS[hindrance];

/** Who acts on a case. Managers may act on what somebody else took, administrators also on what they had a hand in. */
export interface CaseWorker {
  readonly actor: Actor;
  readonly role: 'attendant' | 'manager' | 'admin';
}

/** 异常处理: somebody takes a case and brings it to an end. Nothing is ever deleted. */
export class Cases {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(deps: { readonly store: Store; readonly clock: Clock }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
  }

  /** Tells people of something that only they can find out. The same kind and subject again is the same case. */
  open(facts: CaseFacts & { readonly subject: string }, actor: Actor): Case {
    return this.#store.write((tx) => openCase(tx, facts, actor, { now: this.#clock.now(), id: '' }));
  }

  /** Puts the person's name on it. Whoever has it already keeps it, unless `over` (a manager takes it over). */
  take(id: string, actor: Actor, over: boolean): Case {
    return this.#change(id, 'taken', actor, (open) => {
      refuseOthers(open, actor, over);
      return { ...open, owner: actor.name };
    });
  }

  /**
   * Ended by whoever took it, or by a manager; what is about money only by a manager who had no hand in it.
   *
   * @throws ConflictError `case-not-taken`, `case-taken`, `managers-only`, `own-case`
   */
  close(id: string, resolution: string, worker: CaseWorker): Case {
    const { actor } = worker;
    return this.#change(id, 'closed', actor, (open) => {
      const hindrance = this.hindrance(open, worker);
      if (hindrance !== null) throw new ConflictError(hindrance, refusalOf(hindrance, open));
      return {
        ...open,
        owner: open.owner ?? actor.name,
        closedAt: this.#clock.now(),
        closedBy: actor.name,
        resolution,
      };
    });
  }

  /**
   * Hands a case over to a colleague: by whoever has it, or by a manager.
   *
   * @throws ConflictError `case-not-taken`, `case-taken`, `already-theirs`
   */
  handOver(id: string, to: string, actor: Actor, over: boolean): Case {
    return this.#change(id, 'taken', actor, (open) => {
      refuseOthers(open, actor, over);
      if (open.owner === null && !over) throw new ConflictError('case-not-taken', REFUSALS['case-not-taken']);
      if (open.owner === to) throw new ConflictError('already-theirs', `这条异常已由 ${to} 处理`);
      return { ...open, owner: to };
    });
  }

  /** Why this person may not end it as it stands; null: they may. */
  hindrance(of: Case, { actor, role }: CaseWorker): CaseHindrance | null {
    const over = role !== 'attendant';
    if (of.closedAt !== null) return 'case-closed';
    if (of.owner !== null && of.owner !== actor.name && !over) return 'case-taken';
    if (ABOUT_MONEY.has(of.kind)) {
      if (!over) return 'managers-only';
      if (role !== 'admin' && this.#causers(of).includes(actor.name)) return 'own-case';
    }
    return of.owner === null && !over ? 'case-not-taken' : null;
  }

  #causers({ causedBy = [], passageId }: Case): readonly string[] {
    return passageId === null ? causedBy : [...causedBy, ...this.#store.read.journal.usersOfPassage(passageId)];
  }

  #change(id: string, change: 'taken' | 'closed', actor: Actor, alter: (open: Case) => Case): Case {
    return this.#store.write((tx) => {
      const known = tx.cases.get(id);
      if (!known) throw new NotFoundError('没有这条异常');
      if (known.closedAt !== null) throw new ConflictError('case-closed', REFUSALS['case-closed']);
      const changed = alter(known);
      tx.record({
        kind: 'case-changed',
        key: known.uid,
        laneId: known.laneId,
        passageId: known.passageId,
        actor,
        body: { change, case: changed },
      });
      return changed;
    });
  }
}

function refuseOthers(open: Case, actor: Actor, over: boolean): void {
  if (open.owner !== null && open.owner !== actor.name && !over)
    throw new ConflictError('case-taken', refusalOf('case-taken', open));
}
