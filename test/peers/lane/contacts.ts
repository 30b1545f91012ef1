import type { PeerClock } from '../clock.ts';
import type { Contact, ContactMove } from './ports.ts';

/** What the controller learns. */
interface Controlled {
  /** Each pulse says so when it begins, also while the contact is closed. */
  closed(contact: Contact, closed: boolean): void;
  /** A relay is kept on, or was let go: after `closed` when it closes, before it when it opens. */
  kept(contact: Contact, kept: boolean): void;
}

/** The contacts of a barrier's controller, normally open, and the wires that lead to them. */
export class Contacts {
  readonly moves: ContactMove[] = [];
  readonly #clock: PeerClock;
  readonly #controlled: Controlled;
  /** Relays that were switched on and stay: where in `moves` that stands, and since when by the monotonic clock. */
  readonly #kept = new Map<Contact, { readonly index: number; readonly since: number }>();
  readonly #pulses = new Map<Contact, number>();
  readonly #cut = new Set<Contact>();
  readonly #felt = new Set<Contact>();
  readonly #held = new Set<Contact>();

  constructor(clock: PeerClock, controlled: Controlled) {
    this.#clock = clock;
    this.#controlled = controlled;
  }

  keep(contact: Contact, on: boolean, cause: string): void {
    const kept = this.#kept.get(contact);
    if (on && !kept) {
      this.#kept.set(contact, { index: this.moves.length, since: this.#clock.monotonic() });
      this.#note(contact, null, cause);
    }
    if (!on && kept) {
      this.#kept.delete(contact);
      const move = this.moves[kept.index];
      if (move) this.moves[kept.index] = { ...move, ms: Math.round(this.#clock.monotonic() - kept.since) };
    }
    this.#feel(contact);
  }

  pulse(contact: Contact, ms: number, cause: string): void {
    this.#note(contact, ms, cause);
    this.#pulses.set(contact, (this.#pulses.get(contact) ?? 0) + 1);
    this.#felt.delete(contact);
    this.#feel(contact);
    this.#clock.after(ms, () => {
      this.#pulses.set(contact, (this.#pulses.get(contact) ?? 1) - 1);
      this.#feel(contact);
    });
  }

  /** Cuts the wire, or mends it. */
  cut(contact: Contact, cut: boolean): void {
    if (cut) this.#cut.add(contact);
    else this.#cut.delete(contact);
    this.#feel(contact);
  }

  #note(contact: Contact, ms: number | null, cause: string): void {
    const lost = this.#cut.has(contact);
    this.moves.push({ at: this.#clock.now(), contact, ms, cause, ...(lost && { lost }) });
  }

  #feel(contact: Contact): void {
    const wired = !this.#cut.has(contact);
    const held = wired && this.#kept.has(contact);
    const closed = held || (wired && (this.#pulses.get(contact) ?? 0) > 0);
    if (!held && this.#held.delete(contact)) this.#controlled.kept(contact, false);
    if (closed !== this.#felt.has(contact)) {
      if (closed) this.#felt.add(contact);
      else this.#felt.delete(contact);
      this.#controlled.closed(contact, closed);
    }
    if (held && !this.#held.has(contact)) {
      this.#held.add(contact);
      this.#controlled.kept(contact, true);
    }
  }
}
