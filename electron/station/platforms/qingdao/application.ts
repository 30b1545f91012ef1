import type { z } from 'zod';
import type { Bill } from '../../../../shared/domain/money-flow.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { draftId } from '../define-message.ts';
import type { StationServices } from '../platform.ts';
import type { QingdaoContext } from './context.ts';
import { applyPayment } from './messages/applyPayment.ts';
import { VIA } from './settle.ts';

const REFUSED = 2;

/**
 * How it stands with the application for a bill of a car that left first. `held`: a record of its stay was refused, and the application
 * waits behind it until a person has decided.
 */
export type Application =
  /**
   * `apart`: the record is still refused, and the application left without waiting for it. `taken`: with what the platform was asked
   * for the money; nothing where it refused that, for then a person decides.
   */
  | { readonly kind: 'applied'; readonly at: EpochMs; readonly apart: boolean; readonly taken?: Applied }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'held'; readonly apply: () => void };

/** As it left. */
export type Applied = z.output<typeof applyPayment.schema>;
type OutboxRow = NonNullable<ReturnType<StationServices['read']['outbox']['ofDraft']>>;
type Needed = Pick<QingdaoContext, 'station' | 'commands'>;

/** A bill of before this version, or one whose message has aged out of the outbox, counts from when it was made. */
export function applicationOf(context: Needed, bill: Bill): Application {
  const { outbox } = context.station().read;
  const row = outbox.ofDraft(VIA, draftId(applyPayment.name, { recordId: bill.id, key: bill.uid }));
  if (row === undefined) return { kind: 'applied', at: bill.createdAt, apart: false };
  const apart = { recordId: `${bill.id}-apart`, key: null };
  const outside = outbox.ofDraft(VIA, draftId(applyPayment.name, apart));
  const at = endOf(context, row) ?? (outside && endOf(context, outside));
  const body = applyPayment.schema.parse(JSON.parse(row.body));
  if (at !== undefined) {
    const taken = row.done_at_ms !== null || (outside?.done_at_ms ?? null) !== null;
    return { kind: 'applied', at, apart: row.held === 1, ...(taken ? { taken: body } : {}) };
  }
  if (outside !== undefined || row.held === 0) return { kind: 'waiting' };
  return { kind: 'held', apply: () => context.commands.enqueue(VIA, applyPayment.draft({ ...apart, body })) };
}

/** A refusal is an answer: the platform may know the bill by another way, so it is asked about like any other. */
function endOf({ station }: Needed, row: OutboxRow): EpochMs | undefined {
  if (row.done_at_ms !== null) return row.done_at_ms;
  return row.state === REFUSED ? (station().read.outboxAttempts.of(row.id)[0]?.at ?? row.created_at_ms) : undefined;
}
