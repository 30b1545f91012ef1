import { performance } from 'node:perf_hooks';

/** Why a relay moved. */
export type PulseCause =
  | { readonly kind: 'plate-reply'; readonly plateId: number; readonly offline: boolean }
  | { readonly kind: 'comet' };

/** A relay that closed for a while (`ms`), or that was switched and stays (`ms: null`). */
export interface Pulse {
  /** Epoch ms. */
  readonly at: number;
  readonly relay: number;
  readonly ms: number | null;
  readonly cause: PulseCause;
}

export type ArmState = 'closed' | 'opening' | 'open' | 'closing';

export interface ArmOptions {
  /** From shut to upright, and back. */
  readonly travelMs?: number;
  readonly openRelay?: number;
  readonly closeRelay?: number;
}

/**
 * A boom barrier on a camera's relays: one opens, one closes. It stays up until a car has passed beneath it or the close
 * relay is pulsed; while the open contact is kept on it is held up, and while a car stands beneath it, it does not fall.
 * Positions are computed from elapsed time, so the arm needs no timer of its own.
 */
export class BarrierArm {
  readonly pulses: Pulse[] = [];
  /** Switched with value 1 and not back: 常抬. */
  held = false;
  /** A car under the arm (safety loop). */
  occupied = false;
  readonly #travelMs: number;
  readonly #openRelay: number;
  readonly #closeRelay: number;
  #up = false;
  /** Height at the last change of direction, 0 shut … 1 upright. */
  #from = 0;
  #since = 0;

  constructor(options: ArmOptions = {}) {
    this.#travelMs = options.travelMs ?? 50;
    this.#openRelay = options.openRelay ?? 0;
    this.#closeRelay = options.closeRelay ?? 1;
  }

  /** 0 shut … 1 upright. */
  get height(): number {
    const moved = this.#travelMs === 0 ? 1 : (performance.now() - this.#since) / this.#travelMs;
    return this.#up ? Math.min(1, this.#from + moved) : Math.max(0, this.#from - moved);
  }

  get state(): ArmState {
    const { height } = this;
    if (this.#up) return height >= 1 ? 'open' : 'opening';
    return height <= 0 ? 'closed' : 'closing';
  }

  /** Pulses that open. */
  get openings(): readonly Pulse[] {
    return this.pulses.filter((pulse) => pulse.relay === this.#openRelay && pulse.ms !== null);
  }

  pulse(relay: number, ms: number, cause: PulseCause): void {
    this.pulses.push({ at: Date.now(), relay, ms, cause });
    if (relay === this.#openRelay) this.#turn(true);
    if (relay === this.#closeRelay && !this.held && !this.occupied) this.#turn(false);
  }

  /** A relay kept on (value 1) or let go (value 0). Letting go ends the hold and moves nothing. */
  hold(relay: number, on: boolean, cause: PulseCause): void {
    this.pulses.push({ at: Date.now(), relay, ms: null, cause });
    if (relay === this.#openRelay) {
      this.held = on;
      if (on) this.#turn(true);
    }
    if (relay === this.#closeRelay && on && !this.held && !this.occupied) this.#turn(false);
  }

  /** A car drives through an open arm, which then falls unless it is held. False when the arm stood in its way. */
  carPasses(): boolean {
    if (!this.#up) return false;
    this.occupied = false;
    if (!this.held) this.#turn(false);
    return true;
  }

  #turn(up: boolean): void {
    if (this.#up === up) return;
    this.#from = this.height;
    this.#since = performance.now();
    this.#up = up;
  }
}
