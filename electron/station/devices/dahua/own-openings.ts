import type { Clock } from '../../runtime/ports.ts';

/** An opening that is told this long after its order was answered is none of ours. */
const FRESH_MS = 5_000;
/** Orders whose events may be told again, with their pictures. */
const KEPT = 8;

interface Order {
  answeredAt: number | null;
  /** The event that told of its opening; null: none yet. */
  event: string | null;
}

/** Which of the openings that the camera tells are ours: as many as we ordered, each while its order is under way or was answered a moment ago. */
export class OwnOpenings {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #orders: Order[] = [];

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** @returns to be told whether the arm may have moved, once the order has ended */
  ordered(): (mayHaveMoved: boolean) => void {
    const order: Order = { answeredAt: null, event: null };
    this.#orders = [...this.#orders, order].slice(-KEPT);
    return (mayHaveMoved) => {
      order.answeredAt = this.#clock.monotonic();
      if (!mayHaveMoved && order.event === null) this.#orders = this.#orders.filter((each) => each !== order);
    };
  }

  /** Whether the opening that this event tells is ours; the same event is the same opening. */
  isOurs(event: string): boolean {
    if (this.#orders.some((order) => order.event === event)) return true;
    const now = this.#clock.monotonic();
    const order = this.#orders.find(
      (each) => each.event === null && (each.answeredAt === null || now - each.answeredAt <= FRESH_MS),
    );
    if (order) order.event = event;
    return order !== undefined;
  }
}
