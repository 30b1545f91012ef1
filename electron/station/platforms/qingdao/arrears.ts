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
  const own = read.debts.open(told.plate).filter(({ id }) => departureBillId(PLATFORM.name, id) !== undefined);
  const ended = read.debts.ended(told.plate).filter(({ id }) => isKnownThere(id));
  if (owed === 0)
    for (const debt of ended) if (debt.state === 'cancelled') commands.remember('qingdao', overKey(debt), 'over');
  const known = [
    ...own.map((debt) => debt.amountFen - debt.paidFen),
    ...ended.map((debt) => countedStill(context, debt, told.at)),
  ];
  const leftFen = Math.max(0, owed - known.reduce((sum, fen) => sum + fen, 0));
  const { id, debt } = standing(context, told.plate);
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
function standing(
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

/** How much of a debt that ended here is still in the platform's sum. */
function countedStill({ station, commands }: QingdaoContext, debt: Debt, at: EpochMs): number {
  // Let go of by a person here, until the platform has once said that nothing is owed.
  if (debt.state === 'cancelled')
    return commands.recall('qingdao', overKey(debt)) === undefined ? debt.amountFen - debt.paidFen : 0;
  const id = draftId('cancelOverDueBill', { key: debt.uid, recordId: debt.id });
  const writeOff = station().read.outbox.ofDraft(PLATFORM.name, id);
  if (writeOff === undefined) return 0;
  // Waiting or refused; or the platform said so before it took it.
  return writeOff.done_at_ms === null || writeOff.done_at_ms >= at ? debt.paidFen : 0;
}
