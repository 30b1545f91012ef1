import type { Watch } from '../watch.ts';
import type { AnyFault, Board, FaultHandle, Scope, Target } from './faults.ts';
import type { FindingList } from './finding.ts';
import type { HookOf, HooksOf, Moment } from './hooks.ts';

/** What all parts of a peer share. */
export interface WiringOf<F extends AnyFault, A extends Target, D> {
  readonly faults: Board<F, A>;
  readonly hooks: HooksOf<A, D>;
  readonly watch: Watch;
}

/** What a test may do with any platform that is spoken to over HTTP: faults, hooks, waiting, and what it found. */
export abstract class PlatformPeer<F extends AnyFault, A extends Target, D, R extends string> {
  abstract readonly downlink: { address: string };
  abstract readonly desk: FindingList<R> & { strict: boolean };
  readonly #wiring: WiringOf<F, A, D>;

  constructor(wiring: WiringOf<F, A, D>) {
    this.#wiring = wiring;
  }

  /** Everything in short, for the message of a failed test. */
  abstract summary(): string;

  get address(): string {
    return this.downlink.address;
  }

  /** Where the car park listens, as it was typed into the platform, with any prefix. */
  set address(address: string) {
    this.downlink.address = address;
  }

  /** Whether broken rules are refused (as they are at first) or only noted. */
  set strict(strict: boolean) {
    this.desk.strict = strict;
  }

  /** Rules that the car park broke, in requests and in answers. */
  get violations(): FindingList<R>['violations'] {
    return this.desk.violations;
  }

  /** What the source implies or a sensible reader expects and the car park did otherwise; never refused. */
  get doubts(): FindingList<R>['doubts'] {
    return this.desk.doubts;
  }

  fault(fault: F, scope: Scope<A> = {}): FaultHandle {
    return this.#wiring.faults.set(fault, scope);
  }

  clearFaults(): void {
    this.#wiring.faults.clear();
  }

  /** Awaited at that moment; `*` is every interface. Returns what takes it away again. */
  on(moment: Moment, name: string, hook: HookOf<A, D>): () => void {
    return this.#wiring.hooks.on(moment, name, hook);
  }

  once(moment: Moment, name: string, hook: HookOf<A, D>): () => void {
    return this.#wiring.hooks.once(moment, name, hook);
  }

  /** Resolves with the first truthy value of `probe`, tried now and after all that happens here. */
  waitFor<T>(probe: () => T | undefined | null | false, what: string, timeoutMs = 5_000): Promise<T> {
    return this.#wiring.watch.for(probe, what, timeoutMs, () => this.summary());
  }
}
