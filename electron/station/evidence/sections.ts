import type { Evidence } from '../../../shared/contract/evidence.ts';
import type { EventBody, JournalEvent } from '../../../shared/domain/events.ts';
import { paperAfter } from '../../../shared/domain/print.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { correctionText } from './corrections.ts';
import { plateText } from './terms.ts';

/** What every line of a section carries. */
export type Mark = Pick<Evidence['reads'][number], 'seq' | 'at' | 'lane' | 'actor'>;

export type Sections = Pick<
  Evidence,
  'reads' | 'photos' | 'corrections' | 'bills' | 'payments' | 'refunds' | 'movements' | 'waiting'
>;

type Bill = Evidence['bills'][number];

/** Sorts the events of a stay into what people ask for. Whatever fits nowhere stands in the timeline all the same. */
export class SectionBuilder {
  readonly #reads: Sections['reads'] = [];
  readonly #photos: Sections['photos'] = [];
  readonly #corrections: Sections['corrections'] = [];
  readonly #bills = new Map<string, Bill>();
  readonly #payments = new Map<string, Sections['payments'][number]>();
  readonly #refunds = new Map<string, Sections['refunds'][number]>();
  readonly #movements = new Map<string, Sections['movements'][number]>();
  readonly #waiting: Sections['waiting'] = [];

  add(event: JournalEvent, mark: Mark): void {
    switch (event.kind) {
      case 'plate-read': {
        const { plate, confidence, deviceId, capturedAt, stored, openedByCamera = false } = event.body;
        const how = { stored, openedByCamera, capturedAt: when(capturedAt) };
        this.#reads.push({ ...mark, plate, confidence, deviceId, ...how });
        break;
      }
      case 'photo-taken':
        this.#photo(event.body, mark);
        break;
      case 'plate-corrected': {
        const { before, after } = event.body;
        const texts = { before: plateText(before), after: plateText(after) };
        this.#corrections.push({ ...mark, what: 'plate', ...texts, reason: '' });
        break;
      }
      case 'stay-corrected': {
        const { what, before, stay, reason } = event.body;
        this.#corrections.push({ ...mark, what, ...correctionText(before, stay), reason });
        break;
      }
      case 'passage-waiting':
        this.#waiting.push({ ...mark, plate: event.body.plate, reason: event.body.reason });
        break;
      case 'gate-commanded': {
        const { commandId, action, origin, reason, photoId } = event.body;
        const open = { outcome: 'pending', detail: '', answeredSeq: null, answeredAt: null } as const;
        this.#movements.set(commandId, { ...mark, commandId, action, origin, reason, photoId, ...open });
        break;
      }
      case 'gate-answered': {
        const { commandId, outcome, detail } = event.body;
        const command = this.#movements.get(commandId);
        if (command) Object.assign(command, { outcome, detail, answeredSeq: mark.seq, answeredAt: mark.at });
        break;
      }
      default:
        this.#money(event, mark);
    }
  }

  #photo(taken: EventBody<'photo-taken'>, mark: Mark): void {
    const { photoId, purpose, takenAt, bytes, sha256 } = taken;
    // A picture is told again once it belongs to a stay: one picture, its newest row.
    const known = this.#photos.findIndex((photo) => photo.id === photoId);
    const photo = { ...mark, id: photoId, purpose, takenAt: toRfc3339(takenAt), bytes, sha256 };
    if (known >= 0) this.#photos[known] = photo;
    else this.#photos.push(photo);
  }

  #money(event: JournalEvent, mark: Mark): void {
    switch (event.kind) {
      case 'bill-issued':
      case 'bill-voided': {
        const { bill } = event.body;
        const state = event.kind === 'bill-voided' ? 'void' : bill.state;
        this.#bill(bill.id, { ...bill, state, billedAt: bill.createdAt }, mark);
        break;
      }
      case 'bill-paid': {
        const paid = event.body;
        this.#bill(paid.billId, { ...paid, state: 'paid' }, mark);
        const { billId, method, scene, via, paidFen, receivedFen, changeFen, reference } = paid;
        const amounts = { paidFen, receivedFen, changeFen, paidAt: toRfc3339(paid.paidAt) };
        this.#payments.set(billId, {
          ...mark,
          billId,
          method,
          scene,
          via,
          ...amounts,
          reference,
          reversed: false,
          paper: 'none',
        });
        break;
      }
      case 'receipt-printed': {
        const { what, id, outcome } = event.body;
        const payment = what === 'payment' ? this.#payments.get(id) : undefined;
        if (payment) payment.paper = paperAfter(payment.paper, outcome);
        break;
      }
      case 'payment-reversed': {
        const payment = this.#payments.get(event.body.billId);
        if (payment) payment.reversed = true;
        break;
      }
      case 'refund-changed': {
        const { id, billId, amountFen, state, reason, requestedBy, decidedBy } = event.body.refund;
        this.#refunds.set(id, { ...mark, id, billId, amountFen, state, reason, by: decidedBy ?? requestedBy });
        break;
      }
      default:
        break;
    }
  }

  #bill(
    billId: string,
    bill: Pick<EventBody<'bill-paid'>, 'chargeFen' | 'discountFen' | 'dueFen' | 'billedAt' | 'steps' | 'discounts'> & {
      readonly state: Bill['state'];
    },
    mark: Mark,
  ): void {
    this.#bills.set(billId, {
      ...mark,
      billId,
      state: bill.state,
      chargeFen: bill.chargeFen,
      discountFen: bill.discountFen,
      dueFen: bill.dueFen,
      billedAt: toRfc3339(bill.billedAt),
      steps: bill.steps.map(({ text, amountFen }) => ({ text, amountFen })),
      discounts: bill.discounts.map(({ text, amountFen }) => ({ text, amountFen })),
    });
  }

  done(): Sections {
    const movements = [...this.#movements.values()];
    // A picture taken for an order to the arm is the picture of whoever gave it.
    const operator = new Map(movements.flatMap((move) => (move.photoId === null ? [] : [[move.photoId, move.actor]])));
    return {
      reads: this.#reads,
      photos: this.#photos.map((photo) => ({ ...photo, actor: operator.get(photo.id) ?? photo.actor })),
      corrections: this.#corrections,
      bills: [...this.#bills.values()],
      payments: [...this.#payments.values()],
      refunds: [...this.#refunds.values()],
      movements,
      waiting: this.#waiting,
    };
  }
}

const when = (at: number | null): string | null => (at === null ? null : toRfc3339(at));
