import type { PeerClock } from '../clock.ts';
import type { Arm } from './arm.ts';
import type { Contact } from './ports.ts';

export interface ControllerOptions {
  /** Has no logic for its safety loop: falls on whatever stands there. */
  readonly rude?: boolean;
  /** Closes by itself when a car has left the safety loop. Default: yes. A rude one too. */
  readonly autoClose?: boolean;
  /**
   * An open contact that was kept on for longer is 常抬: letting go of it moves nothing. Below it was a pulse made by hand (on, wait,
   * off), and a car that left meanwhile makes the arm fall when it ends. Default: 5000, the longest pulse that is usual.
   */
  readonly longPressMs?: number;
}

interface Surroundings {
  readonly clock: PeerClock;
  readonly arm: Arm;
  /** The detector of the safety loop. */
  readonly occupied: () => boolean;
}

/**
 * What sits in the barrier's cabinet: it takes contacts and the safety loop, and moves the arm. A pulse counts when it begins; the
 * arm is held up while the open contact is kept on. The safety loop never opens a shut arm.
 */
export class Controller {
  readonly #options: ControllerOptions;
  readonly #around: Surroundings;
  #heldSince: number | null = null;
  #leftWhileHeld = false;
  /** Since the stop contact; open and close end it. */
  #stopped = false;
  #stopClosed = false;
  /** Told to close while something stood beneath, or went up again for it. */
  #closeWhenClear = false;

  constructor(around: Surroundings, options: ControllerOptions) {
    this.#around = around;
    this.#options = options;
  }

  /** A contact closed, or opened again. */
  contact(contact: Contact, closed: boolean): void {
    if (contact === 'stop') {
      this.#stopClosed = closed;
      if (!closed) return;
      this.#stopped = true;
      this.#around.arm.halt();
      return;
    }
    if (!closed || this.#stopClosed) return;
    this.#stopped = false;
    if (contact === 'open') this.#open();
    else this.#close();
  }

  /** The open contact is kept on from now, or let go. */
  hold(on: boolean): void {
    const { clock, arm } = this.#around;
    if (on) {
      this.#heldSince ??= clock.monotonic();
      if (!this.#stopped) arm.move(1);
      return;
    }
    if (this.#heldSince === null) return;
    const pulse = clock.monotonic() - this.#heldSince <= (this.#options.longPressMs ?? 5_000);
    this.#heldSince = null;
    if (pulse && this.#leftWhileHeld) this.#left();
    this.#leftWhileHeld = false;
  }

  /** The detector of the safety loop changed. */
  safety(on: boolean): void {
    const { arm } = this.#around;
    if (!on) {
      this.#left();
      return;
    }
    if (arm.state !== 'closing' || this.#options.rude) return;
    this.#closeWhenClear = true;
    arm.move(1);
  }

  /** The arm can move again. */
  freed(): void {
    if (this.#heldSince !== null && !this.#stopped) this.#around.arm.move(1);
  }

  #open(): void {
    this.#closeWhenClear = false;
    this.#around.arm.move(1);
  }

  #close(): void {
    if (this.#heldSince !== null) return;
    if (this.#around.occupied() && !this.#options.rude) this.#closeWhenClear = true;
    else this.#around.arm.move(0);
  }

  #left(): void {
    if (this.#heldSince !== null) {
      this.#leftWhileHeld = true;
      return;
    }
    if (this.#stopped || this.#around.occupied()) return;
    if ((this.#options.autoClose ?? true) || this.#closeWhenClear) this.#around.arm.move(0);
    this.#closeWhenClear = false;
  }
}
