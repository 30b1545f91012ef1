import type { Actor } from '../../shared/domain/events.ts';
import type { World } from './world.ts';

const FLOAT_FEN = 20_000;

/** A sum in notes of 100 yuan, and small coins for the rest. */
const notes = (fen: number) => ({ '10000': Math.floor(fen / 10_000), '1': fen % 10_000 });

/** The cashiers of one booth, who hand the drawer over every few hours and count it before the system says what it should hold. */
export class Cashiers {
  readonly booth: string;
  readonly #world: World;
  #turn = 0;
  #shift: string | null = null;

  constructor(booth: string, world: World) {
    this.booth = booth;
    this.#world = world;
  }

  get actor(): Actor {
    return { kind: 'user', name: `cashier${this.booth}${this.#turn % 3}` };
  }

  /** Whose drawer stands open now. */
  get shift(): string | null {
    return this.#shift;
  }

  open(): void {
    const by = { actor: this.actor, manager: false };
    const asked = this.#world.ask((park) => park.shifts.open({ booth: this.booth, floatFen: FLOAT_FEN }, by));
    // Where the program died over it, it may have been opened all the same.
    const known = asked.how === 'done' ? asked.value : this.#running();
    if (!known && asked.how === 'refused')
      this.#world.fail('no-defect', `a shift could not be opened: ${asked.reason}`);
    if (!known) {
      this.#world.timeline.after(60_000, () => this.open());
      return;
    }
    this.#shift = known.id;
    this.#world.till.begin(known.id, FLOAT_FEN);
  }

  /** Lock, count, close; the next one takes over and begins. Each step again until the station has it. */
  handOver(): void {
    const id = this.#shift;
    if (id === null) return;
    const by = { actor: this.actor, manager: false };
    this.#shift = null;
    this.#until(
      'break',
      id,
      () => this.#world.ask((park) => park.shifts.pause(id, by)),
      () => {
        const fen = this.#world.till.drawer(id);
        this.#until(
          'counted',
          id,
          () => this.#world.ask((park) => park.shifts.count(id, notes(fen), by)),
          () => {
            const counted = this.#world.park()?.store.read.shifts.get(id);
            if (counted && counted.differenceFen !== 0)
              this.#world.fail('drawer', `${id} holds ${fen}, the system expects ${counted.expectedFen}`, { key: id });
            const reason = '清点';
            this.#until(
              'closed',
              id,
              () => this.#world.ask((park) => park.shifts.close(id, { leftFen: 0, reason }, by)),
              () => {
                this.#turn += 1;
                this.#takeOver(id);
              },
            );
          },
        );
      },
    );
  }

  #takeOver(id: string): void {
    const by = { actor: this.actor, manager: false };
    const asked = this.#world.ask((park) => park.shifts.confirm(id, null, by));
    const done = asked.how === 'done' || this.#world.park()?.store.read.shifts.get(id)?.confirmedBy === by.actor.name;
    this.#world.timeline.after(60_000, () => (done ? this.open() : this.#takeOver(id)));
  }

  #running() {
    return this.#world.park()?.store.read.shifts.running(this.booth)[0];
  }

  #until(state: string, id: string, step: () => unknown, then: () => void): void {
    step();
    const there = this.#world.park()?.store.read.shifts.get(id)?.state === state;
    this.#world.timeline.after(20_000, () => (there ? then() : this.#until(state, id, step, then)));
  }
}
