import { z } from 'zod';
import { type Debt, departureBillId } from '../../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { draftId } from '../define-message.ts';
import type { QingdaoContext } from './context.ts';

/** What the platform says that a car owes in the whole city (欠费). */
export interface ToldArrears {
  readonly plate: string;
  /** Null where it does not say how many bills they are. */
  readonly count: number | null;
  readonly unPayFen: number;
  /** 1: the car is to be stopped at the exit until it has paid. */
  readonly prevent: number | null;
  /** When the platform said so. */
  readonly at: EpochMs;
}

/** Who changes the registry in the platform's name. */
export const PLATFORM = { kind: 'platform', name: 'qingdao' } as const;

const STOPS = 1;
const DAY_MS = 86_400_000;
/** As the message is called; its file needs this one. */
const WRITE_OFF = 'cancelOverDueBill';
/** For arrears that the platform told: the bill by which they were paid. */
const writtenOff = z.object({ billID: z.string() });

/**
 * Puts what the platform tells into the registry, as one debt of the plate: it tells a sum, not bills. Our own bills that it still
 * collects are part of its sum and debts of ours already; what was paid or let go of here stays in its sum until it knows.
 *
 * @returns what is to be collected here for the platform, fen
 */
export function noteArrears(context: QingdaoContext, told: ToldArrears): number {
  const { station, commands } = context;
  const { registry, read } = station();
  const owed = told.count === 0 ? 0 : told.unPayFen;
  const standing = read.debts.open(told.plate);
  const own = standing.filter(({ id }) => departureBillId(PLATFORM.name, id) !== undefined);
  const inPart = standing.filter(({ id }) => isToldArrears(id));
  const ended = read.debts.ended(told.plate).filter(({ id }) => isKnownThere(id));
  if (owed === 0)
    for (const debt of ended) if (debt.state === 'cancelled') commands.remember('qingdao', overKey(debt), 'over');
  const known = [
    ...own.map((debt) => debt.amountFen - debt.paidFen),
    ...inPart.map((debt) => unheardFen(context, debt, told.at)),
    ...ended.map((debt) => countedStill(context, debt, told.at)),
  ];
  const leftFen = Math.max(0, owed - known.reduce((sum, fen) => sum + fen, 0));
  const { id, debt } = standingFor(context, told.plate);
  if (leftFen > 0)
    registry.debts.put(
      {
        plate: told.plate,
        amountFen: leftFen + (debt?.paidFen ?? 0),
        intercept: told.prevent === STOPS ? 'exit' : 'none',
        reason: told.count === null ? '城市平台欠费' : `城市平台欠费 ${told.count} 笔`,
      },
      id,
      PLATFORM,
    );
  else if (debt) registry.debts.removeOf(id, PLATFORM);
  return leftFen;
}

/** The debt that stands for the platform's sum, or the id for it: the next one after one that ended bears a number. */
function standingFor(
  { station }: QingdaoContext,
  plate: string,
): { readonly id: string; readonly debt: Debt | undefined } {
  for (let index = 1; ; index += 1) {
    const id = index === 1 ? `${TOLD}${plate}` : `${TOLD}${plate}-${index}`;
    const debt = station().read.debts.get(id);
    if (!debt || debt.state === 'open') return { id, debt };
  }
}

const TOLD = 'qingdao-';
/** Whether a debt is one that {@link noteArrears} put down. */
export const isToldArrears = (debtId: string): boolean => debtId.startsWith(TOLD);
/** Whether the platform has a bill for it. */
const isKnownThere = (debtId: string): boolean =>
  isToldArrears(debtId) || departureBillId(PLATFORM.name, debtId) !== undefined;

const overKey = ({ id }: Debt): string => `arrears-over/${id}`;

/** The write-off of one payment of arrears that the platform told. */
export const toldWriteOff = (debtId: string, billId: string): string => `${debtId}${OF_PAYMENT}${billId}`;
const OF_PAYMENT = '/';

/** How much of a debt that ended here is still in the platform's sum. */
function countedStill(context: QingdaoContext, debt: Debt, at: EpochMs): number {
  return unheardFen(context, debt, at) + (debt.state === 'cancelled' ? letGoFen(context, debt, at) : 0);
}

/** Let go of by a person here: until the platform has once said that nothing is owed, or has told it for long enough. */
function letGoFen({ commands, settings }: QingdaoContext, debt: Debt, at: EpochMs): number {
  const over = commands.recall('qingdao', overKey(debt)) !== undefined;
  return over || at - debt.updatedAt >= settings.overDue.letGoDays * DAY_MS ? 0 : debt.amountFen - debt.paidFen;
}

/** What of it was paid here and had not reached the platform when it told its sum. */
function unheardFen(context: QingdaoContext, debt: Debt, at: EpochMs): number {
  const { outbox, payments } = context.station().read;
  // Waiting or refused; or the platform said so before it took it.
  const isUnheard = (row: { readonly done_at_ms: number | null }): boolean =>
    row.done_at_ms === null || row.done_at_ms >= at;
  if (!isToldArrears(debt.id)) {
    const row = outbox.ofDraft(PLATFORM.name, draftId(WRITE_OFF, { key: debt.uid, recordId: debt.id }));
    return row !== undefined && isUnheard(row) ? debt.paidFen : 0;
  }
  const head = draftId(WRITE_OFF, { key: null, recordId: toldWriteOff(debt.id, '') });
  return outbox
    .ofDrafts(PLATFORM.name, head)
    .filter(isUnheard)
    .reduce((sum, { body }) => sum + (payments.get(writtenOff.parse(JSON.parse(body)).billID)?.paid_fen ?? 0), 0);
}
