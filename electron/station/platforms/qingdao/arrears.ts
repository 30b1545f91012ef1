import type { Debt } from '../../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
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
  const own = read.debts
    .open(told.plate)
    .filter((debt) => debt.uid !== null && debt.source === PLATFORM.name)
    .reduce((sum, debt) => sum + debt.amountFen - debt.paidFen, 0);
  let leftFen = Math.max(0, owed - own);
  for (let index = 1; ; index += 1) {
    const id = index === 1 ? arrearsId(told.plate) : `${arrearsId(told.plate)}-${index}`;
    const known = read.debts.get(id);
    if (known && known.state !== 'open') {
      if (owed === 0 && known.state === 'cancelled') commands.remember('qingdao', overKey(known), 'over');
      leftFen = Math.max(0, leftFen - countedStill(context, known, told.at));
      continue;
    }
    if (leftFen > 0)
      registry.debts.put(
        {
          plate: told.plate,
          amountFen: leftFen + (known?.paidFen ?? 0),
          intercept: told.prevent === STOPS ? 'exit' : 'none',
          reason: told.count === null ? '城市平台欠费' : `城市平台欠费 ${told.count} 笔`,
        },
        id,
        PLATFORM,
      );
    else if (known) registry.debts.removeOf(id, PLATFORM);
    return leftFen;
  }
}

/** One debt of a plate at a time; the next one after it ended bears a number. */
const arrearsId = (plate: string): string => `qingdao-${plate}`;
/** Whether a debt is one that {@link noteArrears} put down. */
export const isToldArrears = (debtId: string): boolean => debtId.startsWith('qingdao-');

const overKey = ({ id }: Debt): string => `arrears-over/${id}`;

/** How much of a debt that ended here is still in the platform's sum. */
function countedStill({ station, commands }: QingdaoContext, debt: Debt, at: EpochMs): number {
  if (debt.state === 'cancelled')
    return commands.recall('qingdao', overKey(debt)) === undefined ? debt.amountFen - debt.paidFen : 0;
  const { stays, outbox } = station().read;
  const uids = new Set([stays.inside(debt.plate)?.uid, stays.lastOf(debt.plate)?.uid]);
  const unheard = [...uids]
    .flatMap((uid) => (uid === undefined ? [] : outbox.ofStay(uid)))
    .some(
      (row) =>
        row.message === 'cancelOverDueBill' &&
        row.body.includes(`"${debt.id}"`) &&
        (row.done_at_ms === null || row.done_at_ms >= at),
    );
  return unheard ? debt.paidFen : 0;
}
