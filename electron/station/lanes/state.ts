import { z } from 'zod';
import { attentionSchema, lanePhaseSchema, warningSchema } from '../../../shared/contract/lanes.ts';
import { billSchema, paymentMethodSchema } from '../../../shared/domain/money-flow.ts';
import { plateSchema } from '../../../shared/domain/plate.ts';
import { laneDirectionSchema } from '../../../shared/domain/site.ts';
import { termsSchema } from '../../../shared/domain/terms.ts';

/**
 * What a lane remembers. Everything about a car hangs on its passage, and nothing of it survives into the next. The whole is
 * stored with each decision, so that after a crash a car being served is still being served.
 */

const photoRefSchema = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  takenAt: z.int(),
});
export type PhotoRef = z.infer<typeof photoRefSchema>;

/** A car that a camera saw at the lane, before anything was decided about it. */
export const arrivalSchema = z.object({
  passageId: z.string(),
  at: z.int(),
  plate: plateSchema,
  confidence: z.number().nullable(),
  photo: photoRefSchema.nullable(),
  /** Which way the car goes; null in states from before lanes for both ways: the lane's own. */
  direction: laneDirectionSchema.nullable().default(null),
});
export type Arrival = z.infer<typeof arrivalSchema>;

export const passageSchema = z.object({
  id: z.string(),
  startedAt: z.int(),
  /** When the camera last saw this car here. */
  seenAt: z.int(),
  plate: plateSchema,
  readPlate: plateSchema.nullable(),
  confidence: z.number().nullable(),
  photo: photoRefSchema.nullable(),
  attention: attentionSchema.nullable(),
  uid: z.string().nullable(),
  bill: billSchema.nullable(),
  direction: laneDirectionSchema.nullable().default(null),
  /** The plate is that of a stay whose plate is near the one that was read, and no person has said so. */
  guessed: z.boolean().default(false),
  /** A car without a plate: what it scanned, or the virtual plate it was given. */
  identity: z.string().nullable().default(null),
  /** The attention needs a reason to be set aside. */
  firm: z.boolean().default(false),
  warnings: z.array(warningSchema).default([]),
  /** What a person, or the platform that has the word, said is all right with this very passage. */
  approved: z.array(attentionSchema).default([]),
  /** Stays with a plate near the one that was read, the nearest first. */
  candidates: z.array(z.object({ uid: z.string(), plate: z.string(), cost: z.number() })).default([]),
  /** A fee that a person set for a car whose entry nobody saw. */
  fixedFeeFen: z.int().nullable().default(null),
  /** 第三方计费: the question for the price of this car's stay; null: none was put. */
  price: z
    .object({
      question: z.int(),
      /** dropped: what was heard counts no more. */
      state: z.enum(['asked', 'known', 'failed', 'dropped']),
      since: z.int(),
      platform: z.string(),
      /** The stay that was asked about, and what was settled of it then. */
      uid: z.string(),
      settledFen: z.int(),
      /** The charge over the whole stay. */
      chargeFen: z.int().nullable(),
      detail: z.string(),
    })
    .nullable()
    .default(null),
  /** The questions to the platform that has the word: how many so far, how many failed in a row, whether one is under way. */
  asked: z
    .object({
      /** 0: it was told of the car, and not asked. */
      attempt: z.int(),
      failures: z.int(),
      pending: z.boolean(),
      /**
       * The recognition: what stays the same however often it is asked. Null in states from before it was kept: as the passage
       * has it. Another plate is another recognition.
       */
      plate: plateSchema.nullable().default(null),
      photoId: z.string().nullable().default(null),
      confidence: z.number().nullable().default(null),
      /** When it was asked first. */
      since: z.int().default(0),
      /** open: it may go · released, local: nobody answered, and the lane is set to let it go, or to decide by our own rules. */
      verdict: z.enum(['open', 'released', 'local']).nullable().default(null),
      verdictAt: z.int().nullable().default(null),
      /** What it said last; null before the first answer. */
      answer: z.enum(['open', 'refuse', 'failed']).nullable().default(null),
      detail: z.string().default(''),
    })
    .nullable()
    .default(null),
  /** The trigger loop under this car: whether it stands there, and since when; null: it has not been on it. */
  onLoop: z.object({ on: z.boolean(), since: z.int() }).nullable().default(null),
  /** The station was not running for a while, and nothing was heard of the car since: it may have gone. */
  unsure: z.boolean().default(false),
  /** It came onto the safety loop: its crossing was told. */
  crossed: z.boolean().default(false),
  /** It came off the safety loop last: it is through, unless it rolls back onto the trigger loop. */
  beyond: z.boolean().default(false),
  /** By the loops, or by its camera, it turned back after it was let through; a person has been told. */
  turnedBack: z.boolean().default(false),
  /** What was paid while this car stood here, for as long as it may be taken back. */
  payments: z
    .array(
      z.object({
        billId: z.string(),
        amountFen: z.int(),
        method: paymentMethodSchema,
        shiftId: z.string().nullable(),
        attemptId: z.string().nullable(),
        /** Whoever collected it gives nothing back. */
        final: z.boolean().default(false),
      }),
    )
    .default([]),
  /** What the exit took from a card besides payments, to be given back if the car does not go. */
  cardUsed: z.object({ cardId: z.string(), minutes: z.int(), times: z.int(), fen: z.int() }).nullable().default(null),
  /** A car without a plate, let in by what its driver scanned: what the camera saw of a car without one since. Often the same car. */
  again: arrivalSchema.nullable().default(null),
  /** The terms that the entry was decided on, for the screen. */
  terms: termsSchema.nullable().default(null),
});
export type Passage = z.infer<typeof passageSchema>;
export type Asked = NonNullable<Passage['asked']>;
export type Price = NonNullable<Passage['price']>;

export const gateCommandSchema = z.object({
  id: z.string(),
  passageId: z.string().nullable(),
  action: z.enum(['open', 'close', 'hold', 'release-hold']),
  outcome: z.enum(['pending', 'done', 'refused', 'unknown']),
  at: z.int(),
  detail: z.string(),
  /** Why, and who: for the screen. */
  origin: z.enum(['decision', 'payment', 'released', 'manual', 'platform']).default('decision'),
  reason: z.string().nullable().default(null),
  by: z.string().default(''),
  plate: plateSchema.nullable().default(null),
  /** The platform that has the word did not answer, and the arm was opened without it: no opening like others. */
  alone: z.boolean().default(false),
  /** It was told to have been done, and is not known to have been: nothing is opened for that reason by itself. */
  corrected: z.boolean().default(false),
  /** Of an order that lets the arm fall: what a hand had raised it for, and which stands until the arm has fallen. `held`: 常抬. */
  raised: z.object({ id: z.string(), passageId: z.string().nullable(), held: z.boolean() }).nullable().default(null),
});
export type GateCommand = z.infer<typeof gateCommandSchema>;

const leavingSchema = z.object({
  passageId: z.string(),
  plate: plateSchema,
  asked: plateSchema.nullable(),
  at: z.int(),
});

export const laneStateSchema = z.object({
  phase: lanePhaseSchema,
  passage: passageSchema.nullable(),
  /** Cars read while another one was being served, oldest first. */
  waiting: z.array(arrivalSchema),
  held: z.boolean(),
  /** The command that ends the hold, until it is known how it ended: an arm that was not let go of is held yet. */
  releasing: z.string().nullable().default(null),
  /** The last command that holds the arm, and how it ended; null: none since that is kept. */
  hold: z
    .object({
      id: z.string(),
      outcome: gateCommandSchema.shape.outcome,
      /** The arm was not held before: refused, it is not held now. */
      first: z.boolean(),
      /** The car that counted on it while it was pending, and was given no opening of its own. */
      passageId: z.string().nullable(),
    })
    .nullable()
    .default(null),
  lastCommand: gateCommandSchema.nullable(),
  /** The safety loop was occupied since the arm was told to open: the car is under it. */
  underArm: z.boolean(),
  /** The way a reversible lane serves now; null: as configured. */
  turned: laneDirectionSchema.nullable().default(null),
  /** This lane has a safety loop that works: a car that nobody saw on it did not pass. */
  loopSeen: z.boolean().default(false),
  /** The car that went last and the moment it did: who goes under the arm right behind it was not let through. */
  lastPassed: z.object({ passageId: z.string(), at: z.int() }).nullable().default(null),
  /** The trigger loop (触发地感) of a lane where a platform has the word; null: none was ever heard of, and nobody knows who stands there. */
  loop: z.object({ on: z.boolean(), since: z.int() }).nullable().default(null),
  /** Cars in a row that were allowed and never came onto the loop: it may be dead. */
  missed: z.int().default(0),
  /** Where a platform has the word: who was let through and made room for the next before it was on the safety loop, in their order. */
  leaving: z
    .union([z.array(leavingSchema), leavingSchema.transform((one) => [one]), z.null().transform(() => [])])
    .default([]),
});
export type LaneState = z.infer<typeof laneStateSchema>;

export const EMPTY_LANE: LaneState = Object.freeze({
  phase: 'idle',
  passage: null,
  waiting: [],
  held: false,
  releasing: null,
  hold: null,
  lastCommand: null,
  underArm: false,
  turned: null,
  loopSeen: false,
  lastPassed: null,
  loop: null,
  missed: 0,
  leaving: [],
});

/** Whether cars drive through as they come: an arm that refused to be held again is held by the books, and not known to be up. */
export const isHeldUp = ({ held, hold }: LaneState): boolean => held && hold?.outcome !== 'refused';

/** What a hand has raised the arm for, as far as is known: an order to let it fall that waits, or was refused, changes nothing of that. */
export function raisedByHand(state: LaneState): GateCommand['raised'] {
  if (isHeldUp(state)) return { id: state.hold?.id ?? '', passageId: null, held: true };
  const last = state.lastCommand;
  if (!last) return null;
  if (last.action !== 'open') return last.outcome === 'pending' || last.outcome === 'refused' ? last.raised : null;
  const byHand = last.origin === 'manual' || last.origin === 'platform';
  return byHand && last.outcome !== 'refused' ? { id: last.id, passageId: last.passageId, held: false } : null;
}
