import type { EventKind, JournalEvent } from '../../../../shared/domain/events.ts';
import type { Lane } from '../../../../shared/domain/site.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { KeytopContext } from './context.ts';

/** Let through: it entered, left, or went from one area to another. */
const THROUGH: ReadonlySet<EventKind> = new Set(['vehicle-entered', 'vehicle-exited', 'area-crossed']);

type Commanded = Extract<JournalEvent, { kind: 'gate-commanded' }>;
const isOpening = (event: JournalEvent): event is Commanded =>
  event.kind === 'gate-commanded' && event.body.action === 'open';

/** What the journal says of the car that one scan is about, from before it is put to the lane. */
export class ScanWatch {
  readonly #lane: Lane;
  readonly #cardNo: string;
  readonly #context: KeytopContext;
  readonly #heard: JournalEvent[] = [];
  readonly #unlisten: Cancel;
  #tell: () => void = () => undefined;

  constructor(lane: Lane, cardNo: string, context: KeytopContext) {
    this.#lane = lane;
    this.#cardNo = cardNo;
    this.#context = context;
    this.#unlisten = context.station().onCommitted((events) => {
      this.#heard.push(...events.filter(({ laneId }) => laneId === lane.id));
      this.#tell();
    });
  }

  /** Its passage; another car may stand at the lane by now. */
  get #passageId(): string | null {
    const own = this.#heard.find(({ kind, body }) => kind === 'car-identified' && body.identity === this.#cardNo);
    return own?.passageId ?? null;
  }

  isThrough(): boolean {
    const passageId = this.#passageId;
    const told = this.#heard.some((event) => THROUGH.has(event.kind) && event.passageId === passageId);
    const { phase, passage } = this.#context.station().lanes.state(this.#lane.id);
    return passageId !== null && (told || (phase === 'cleared' && passage?.id === passageId));
  }

  /** The order to raise the arm for it; null where the arm is held up anyway. */
  command(): string | null {
    for (const event of this.#heard)
      if (isOpening(event) && event.passageId === this.#passageId) return event.body.commandId;
    return null;
  }

  /** Somebody else may be asked first: whether it may go, or what it owes. */
  async decided(withinMs: number): Promise<void> {
    if (!this.#isAsking()) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#context.clock.after(withinMs, resolve);
      // The state of a lane follows what was committed.
      this.#tell = () =>
        queueMicrotask(() => {
          if (this.#isAsking()) return;
          cancel();
          resolve();
        });
    });
  }

  #isAsking(): boolean {
    const { phase, passage } = this.#context.station().lanes.state(this.#lane.id);
    return (phase === 'asking' || phase === 'pricing') && passage?.id === this.#passageId;
  }

  close(): void {
    this.#unlisten();
  }
}
