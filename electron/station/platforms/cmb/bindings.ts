import { z } from 'zod';
import { MAX_FEN } from '../../../../shared/domain/money.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { BANK } from './actor.ts';
import { looseWhole } from './answer-fields.ts';
import type { CmbContext } from './context.ts';
import { isOwnVirtual } from './fields.ts';

const KIND = 'auto-pay';

/** 无感, as the bank says it: in its answers to Indata and AutoPayStatus, and in its bindings. */
export interface ToldAutoPay {
  /** Null: it said nothing about it. */
  readonly signed: boolean | null;
  /** Up to what sum a payment; null where it named none. */
  readonly limitFen: number | null;
}

/** `data` of an answer that may tell the state: uid 0 or 1, and a limit with 1. */
export const toldAutoPaySchema = z
  // No limit, where it names none; nothing, where what it names cannot be read.
  .looseObject({ uid: looseWhole, limit: looseWhole.catch(0) })
  .transform(({ uid, limit }): ToldAutoPay => {
    const limitFen = limit === null ? null : Math.min(limit, MAX_FEN);
    return { signed: uid === 1 ? true : uid === 0 ? false : null, limitFen };
  });

/** What came with a binding (4.3) and has no place in the agreement. */
interface Binding {
  /** 0 先扣后出 · 1 先出后扣: kept, and every charge is made as 0. */
  readonly payType: number;
  readonly serialNo: string;
  /** Where the charge may be sent; used only where the site allows it. */
  readonly postUrl: string;
}

const noteSchema = z.object({
  /** When it was told; notes that are old enough are forgotten by it. */
  at: z.int(),
  uid: z.string().nullable(),
  signed: z.boolean(),
  payType: z.int(),
  serialNo: z.string(),
  postUrl: z.string(),
});

const NO_BINDING: Binding = { payType: 0, serialNo: '', postUrl: '' };

type Needed = Pick<CmbContext, 'clock' | 'commands' | 'station' | 'log'>;

/**
 * Keeps what the bank told last of a plate: for the stay that it was told for, or for any where the car is not inside. A no, and the
 * owner's taking it back, counts for whatever was known of the plate. Told again it changes nothing.
 *
 * @returns whether it could be kept: not for a car without a plate, nor for one that has left or is called otherwise by now.
 */
export function noteAutoPay(
  context: Needed,
  about: { readonly plate: string; readonly uid: string | null },
  told: ToldAutoPay,
  binding?: Binding,
): boolean {
  const { signed, limitFen } = told;
  const { plate, uid } = about;
  if (signed === null || !isStill(context, about)) return false;
  const { agreements } = context.station().registry;
  const which = { platform: BANK.name, plate, kind: KIND } as const;
  try {
    if (signed) {
      agreements.put({ ...which, uid, limitFen }, BANK);
      // Of two limits the older one must not cover what the newer one does not.
      if (uid !== null) agreements.remove({ ...which, uid: null }, BANK);
    } else
      for (const { id, platform, kind } of context.station().read.agreements.ofPlate(plate))
        if (platform === BANK.name && kind === KIND) agreements.remove({ id }, BANK);
  } catch (error) {
    // A plate that no list takes: read by a camera, or made up by whoever sent it.
    if (!(error instanceof ConflictError)) throw error;
    context.log.debug('an AutoPay state could not be kept', { reason: error.message });
    return false;
  }
  const before = signed ? noteOf(context, plate) : undefined;
  const { payType, serialNo, postUrl } = binding ?? before ?? NO_BINDING;
  const note: z.output<typeof noteSchema> = { at: context.clock.now(), uid, signed, payType, serialNo, postUrl };
  context.commands.remember(BANK.name, keyOf(plate), JSON.stringify(note));
  return true;
}

/** Whether the bank has said of this very stay, yes or no. */
export const isTold = (context: Needed, { uid, plate }: Pick<Stay, 'uid' | 'plate'>): boolean =>
  noteOf(context, plate.text)?.uid === uid;

/** The address that the plate's binding named for its charges; undefined where none did. */
export function postUrlOf(context: Needed, plate: string): string | undefined {
  const url = noteOf(context, plate)?.postUrl ?? '';
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

const keyOf = (plate: string): string => `auto-pay:${plate}`;

/** An answer may have taken its time: the outbox waits for days where the line is down. */
function isStill(
  { station }: Needed,
  { plate, uid }: { readonly plate: string; readonly uid: string | null },
): boolean {
  if (plate === '' || isOwnVirtual(plate)) return false;
  if (uid === null) return true;
  const stay = station().read.stays.get(uid);
  return stay?.status === 'inside' && stay.plate.text === plate;
}

function noteOf({ commands }: Needed, plate: string): z.output<typeof noteSchema> | undefined {
  const kept = commands.recall(BANK.name, keyOf(plate));
  if (kept === undefined) return undefined;
  return noteSchema.safeParse(JSON.parse(kept)).data;
}
