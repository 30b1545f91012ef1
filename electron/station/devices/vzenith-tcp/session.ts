import type { Cancel, Clock, Ids } from '../../runtime/ports.ts';
import type { DeviceLink } from '../device.ts';
import type { Line, Written } from '../links.ts';
import { encodeFrame, type Frame, NUMBERS } from './frame.ts';
import { type Answer, encodeMessage } from './messages.ts';

const WRITE_MS = 2_000;
type Fields = Readonly<Record<string, unknown>>;

/** What became of a question: answered · `none` of it left · `lost`: it left, and nobody knows. */
export type Reply =
  | { readonly got: 'answer'; readonly answer: Answer }
  | { readonly got: 'none'; readonly detail: string }
  | { readonly got: 'lost'; readonly detail: string };

interface Pending {
  readonly cmd: string;
  readonly id: string;
  end(reply: Reply): void;
}

/** Our side of the talk with one camera: questions on their way, and who gets which answer. */
export class Session {
  readonly #line: Line;
  readonly #deps: { readonly clock: Clock; readonly ids: Ids; readonly link: DeviceLink };
  readonly #pending = new Map<number, Pending>();
  #seq = 0;
  #heardAt: number;

  constructor(line: Line, deps: { readonly clock: Clock; readonly ids: Ids; readonly link: DeviceLink }) {
    this.#line = line;
    this.#deps = deps;
    this.#heardAt = deps.clock.monotonic();
  }

  /** Since when nothing whole has come. */
  get silentMs(): number {
    return this.#deps.clock.monotonic() - this.#heardAt;
  }

  /** Something whole came, or a connection began. */
  alive(): void {
    this.#heardAt = this.#deps.clock.monotonic();
  }

  /** Asks at once, whatever else is on its way. Ends when the answer is there, or after `withinMs`. */
  ask(cmd: string, fields: Fields, withinMs: number): Promise<Reply> {
    const seq = this.#freeNumber();
    if (seq === null) return Promise.resolve({ got: 'none', detail: '未答的指令太多' });
    const id = this.#deps.ids.next('cmd');
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const end = (reply: Reply): void => {
        if (!this.#pending.delete(seq)) return;
        cancel();
        resolve(reply);
      };
      cancel = this.#deps.clock.after(withinMs, () =>
        end({ got: 'lost', detail: `${withinMs / 1000} 秒内没有应答，结果未知` }),
      );
      this.#pending.set(seq, { cmd, id, end });
      this.#write({ type: 'data', seq, payload: encodeMessage({ cmd, id, ...fields }) }, cmd).then(
        (written) => {
          if (written === 'none') end({ got: 'none', detail: '相机没有连上' });
          else if (written === 'some') end({ got: 'lost', detail: '发送中断，结果未知' });
        },
        () => end({ got: 'lost', detail: '发送中断，结果未知' }),
      );
    });
  }

  /** Says what is not answered. */
  tell(cmd: string, fields: Fields): Promise<Written> {
    const payload = encodeMessage({ cmd, id: this.#deps.ids.next('cmd'), ...fields });
    return this.#write({ type: 'data', seq: this.#freeNumber() ?? 0, payload }, cmd);
  }

  beat(): Promise<Written> {
    return this.#write({ type: 'heartbeat' }, 'heartbeat');
  }

  /** Gives an answer to who asked. What nobody asked, or asked no longer, is passed over. */
  heard(seq: number, answer: Answer): void {
    this.#asked(seq, answer)?.end({ got: 'answer', answer });
  }

  /** The connection ended: what is on its way ended nobody knows how. */
  lost(detail: string): void {
    for (const pending of [...this.#pending.values()]) pending.end({ got: 'lost', detail });
  }

  /** By its id, which nobody else has; by the number of the frame where the camera leaves the id out. */
  #asked(seq: number, { cmd, id }: Answer): Pending | undefined {
    const same = this.#pending.get(seq);
    if (same && (id === null ? same.cmd === cmd : same.id === id)) return same;
    return id === null ? undefined : [...this.#pending.values()].find((pending) => pending.id === id);
  }

  #freeNumber(): number | null {
    for (let tried = 0; tried < NUMBERS; tried++) {
      this.#seq = (this.#seq + 1) % NUMBERS;
      if (!this.#pending.has(this.#seq)) return this.#seq;
    }
    return null;
  }

  #write(frame: Frame, head: string): Promise<Written> {
    const bytes = encodeFrame(frame);
    this.#deps.link.exchanged('out', head, bytes);
    return this.#line.write(bytes, WRITE_MS);
  }
}
