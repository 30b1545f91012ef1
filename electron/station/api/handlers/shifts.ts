import type { ShiftReportView, ShiftView } from '../../../../shared/contract/shifts.ts';
import type { PaidOut, Shift } from '../../../../shared/domain/money-flow.ts';
import { fromRfc3339, toRfc3339 } from '../../../../shared/domain/time.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { type Drawer, drawerOf, isCounted } from '../../shifts/cash.ts';
import { type ShiftReport, shiftReport } from '../../shifts/report.ts';
import type { Person } from '../../shifts/rules.ts';
import { accessRules } from '../access-rules.ts';
import { actorOf, type Guarded, may } from '../base.ts';
import type { Principal } from '../context.ts';
import type { ApiDeps } from '../deps.ts';

const when = (at: number | null): string | null => (at === null ? null : toRfc3339(at));
const optionalTime = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : fromRfc3339(text);

const BLIND = {
  ...{ cashInFen: null, cashRefundedFen: null, paidOutFen: null, expectedFen: null },
  ...{ changeKeptFen: null, changeHandedFen: null },
};

/** `sums`: what came in so far, where whoever asks may know it before the count. */
function shiftView(shift: Shift, sums: Drawer | null = null): ShiftView {
  const blind = isCounted(shift) ? {} : (sums ?? BLIND);
  const { openedAt, closedAt, confirmedAt } = shift;
  const times = { openedAt: toRfc3339(openedAt), closedAt: when(closedAt), confirmedAt: when(confirmedAt) };
  return { ...shift, ...blind, ...times };
}

const paidOutView = (paidOut: PaidOut) => ({ ...paidOut, at: toRfc3339(paidOut.at) });

function reportView(report: ShiftReport, now: number): ShiftReportView {
  const { shift, drawer, rows } = report;
  const { floatFen, countedFen, differenceFen, differenceReason } = shift;
  const { bookedAfterCountFen, ...rest } = report;
  return {
    shift: shiftView(shift),
    from: toRfc3339(shift.openedAt),
    to: toRfc3339(shift.closedAt ?? now),
    drawer: { ...drawer, floatFen, countedFen, differenceFen, differenceReason, bookedAfterCountFen },
    received: [...rest.received],
    refunds: [...rest.refunds],
    recharges: [...rest.recharges],
    paidOuts: rest.paidOuts.map(paidOutView),
    changeOrders: rest.changeOrders,
    released: [...rest.released],
    manualOpens: [...rest.manualOpens],
    debtsLetOut: rest.debtsLetOut,
    departurePay: rest.departurePay,
    debtsCollected: rest.debtsCollected,
    feesLowered: rest.feesLowered,
    billsVoided: rest.billsVoided,
    entries: rest.entries,
    exits: rest.exits,
    journal: { firstSeq: rows.first, lastSeq: rows.last },
    gaps: rest.gaps.map((gap) => ({ ...gap, from: toRfc3339(gap.from), to: when(gap.to) })),
  };
}

export const personOf = (user: Principal | null): Person => ({
  actor: actorOf(user),
  manager: may(user, 'shift.manage'),
});

/** Blind: who is to count the drawer learns nothing of it before, manager or not. */
export function mayReport(shift: Shift, by: Person): void {
  const own = shift.cashier === by.actor.name;
  if (!own && !by.manager) throw new ConflictError('not-your-shift', '只能查看自己的班次');
  if (own && !isCounted(shift)) throw new ConflictError('not-counted', '提交清点结果后才能查看班次报表');
}

export function shiftHandlers(os: Guarded, deps: ApiDeps) {
  const { shifts, store, clock, accounts } = deps;
  /** Where the site does not count blind, cashiers see what they took so far; nobody else's drawer is their business. */
  const soFar = (shift: Shift, user: Principal | null): Drawer | null =>
    isCounted(shift) || shift.cashier !== user?.name || accessRules(store.read).blindCount
      ? null
      : drawerOf(shift, store.read.shiftCash.sums(shift.id));
  return {
    list: os.shifts.list.handler(({ input, context }) => {
      const { page, pageSize } = input;
      const by = personOf(context.user);
      const found = store.read.shifts.search({
        cashier: by.manager ? input.cashier : by.actor.name,
        from: optionalTime(input.from),
        to: optionalTime(input.to),
        different: input.different === 'true',
        offset: (page - 1) * pageSize,
        limit: pageSize,
      });
      return { items: found.items.map((shift) => shiftView(shift)), total: found.total, page, pageSize };
    }),
    current: os.shifts.current.handler(({ input, context }) => {
      const current = shifts.current(input.booth);
      const standing = shifts.standing(input.booth).map((shift) => shiftView(shift, soFar(shift, context.user)));
      return { current: current ? shiftView(current, soFar(current, context.user)) : null, standing };
    }),
    get: os.shifts.get.handler(({ input, context }) => {
      const shift = shifts.get(input.id);
      return shiftView(shift, soFar(shift, context.user));
    }),
    report: os.shifts.report.handler(({ input, context }) => {
      const shift = shifts.get(input.id);
      mayReport(shift, personOf(context.user));
      return reportView(shiftReport(store.read, shift, deps.lanes.lanes(), clock.now()), clock.now());
    }),
    open: os.shifts.open.handler(({ input, context }) => {
      // A shift at a booth that has no lane would take no money, and its cashier would wonder why. At the kerb cashiers carry their
      // drawer with them, and name their round as they like.
      const atLane = deps.lanes.lanes().some(({ booth }) => (booth ?? '') === input.booth);
      if (!atLane && store.read.berths.lastNumber() === 0)
        throw new ConflictError('no-such-booth', `没有这个岗亭：${input.booth}`);
      return shiftView(shifts.open(input, personOf(context.user)));
    }),
    pause: os.shifts.pause.handler(({ input, context }) => shiftView(shifts.pause(input.id, personOf(context.user)))),
    resume: os.shifts.resume.handler(async ({ input, context }) => {
      const who = await accounts.verify(input.name ?? actorOf(context.user).name, input.password);
      if (!who) throw new ConflictError('wrong-password', '密码不正确');
      const actor = { kind: 'user' as const, name: who.name };
      return shiftView(shifts.resume(input.id, { actor, manager: who.rights.has('shift.manage') }));
    }),
    relief: os.shifts.relief.handler(({ input, context }) =>
      shiftView(shifts.relief(input.id, input.floatFen, personOf(context.user))),
    ),
    payOut: os.shifts.payOut.handler(({ input, context }) => {
      const { id, amountFen, remark } = input;
      return paidOutView(shifts.payOut(id, { amountFen, remark }, personOf(context.user)));
    }),
    count: os.shifts.count.handler(({ input, context }) =>
      shiftView(shifts.count(input.id, input.count, personOf(context.user))),
    ),
    close: os.shifts.close.handler(({ input, context }) => {
      const { id, leftFen, reason } = input;
      return shiftView(shifts.close(id, { leftFen, reason }, personOf(context.user)));
    }),
    confirm: os.shifts.confirm.handler(({ input, context }) =>
      shiftView(shifts.confirm(input.id, input.count ?? null, personOf(context.user))),
    ),
  };
}
