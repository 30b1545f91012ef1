import type { Cancel, Clock, Entropy } from '../../runtime/ports.ts';
import type { CommandOutcome, DeviceLink } from '../device.ts';
import type { BrokerLink } from '../links.ts';
import { type CommandBody, commandText, type Fields } from './messages.ts';

/** How long the broker may take to confirm; it stands in the same network. */
const PUBLISH_MS = 2_000;
const ANSWER_MS = 3_000;
const TAIL = 16 ** 7;

const ok = (status: string | null): boolean => status === null || /^(?:ok|success|0|200)$/i.test(status.trim());
const unknown = (detail: string): CommandOutcome => ({ outcome: 'unknown', detail });

interface OrdersDeps {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly link: DeviceLink;
}

/**
 * Commands on their way to one camera. No source says that it answers them, so that what the broker has for a camera that was heard
 * of lately counts as carried out. One that answered once is expected to answer always: then silence is `unknown`.
 */
export class Orders {
  readonly #broker: BrokerLink;
  readonly #topic: string;
  readonly #sn: string;
  readonly #deps: OrdersDeps;
  readonly #waiting = new Map<string, (answer: CommandOutcome | null) => void>();
  #answers = false;

  constructor(broker: BrokerLink, topic: string, sn: string, deps: OrdersDeps) {
    this.#broker = broker;
    this.#topic = topic;
    this.#sn = sn;
    this.#deps = deps;
  }

  /** Publishes before it returns. Never repeats. */
  async send(command: CommandBody): Promise<CommandOutcome> {
    const { clock, link } = this.#deps;
    const since = clock.monotonic();
    const msgId = this.#nextId();
    const text = commandText(command, { msgId, sn: this.#sn, at: clock.now() });
    const publishing = this.#broker.publish(this.#topic, text, PUBLISH_MS);
    link.exchanged('out', this.#topic, text);
    const answer = this.#answerTo(msgId);
    const ended = await this.#end(await publishing, answer);
    if (ended.outcome === 'done') link.took(clock.monotonic() - since);
    return ended;
  }

  /** @returns whether it was well: an answer may come after the command counted as carried out */
  answered({ msg_id, status }: Fields): boolean {
    const told = this.#waiting.get(String(msg_id));
    if (!told) return ok(status);
    this.#answers = true;
    // Its words for "no" are in no source, and some word for "yes" may be missing here.
    told(ok(status) ? { outcome: 'done', detail: '相机已应答' } : unknown(`相机应答“${status}”，结果未知`));
    return ok(status);
  }

  /** Nobody will hear an answer any more. */
  lost(): void {
    for (const told of [...this.#waiting.values()]) told(null);
  }

  async #end(written: 'written' | 'none' | 'some', answer: Promise<CommandOutcome | null>): Promise<CommandOutcome> {
    if (written === 'none') return { outcome: 'refused', detail: '没有连上 MQTT 服务器' };
    if (written === 'some') return unknown('发送中断，结果未知');
    if (!this.#answers) return { outcome: 'done', detail: '已交给相机' };
    return (await answer) ?? unknown('相机没有应答，结果未知');
  }

  /** Null: none came. */
  #answerTo(msgId: string): Promise<CommandOutcome | null> {
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const told = (answer: CommandOutcome | null): void => {
        this.#waiting.delete(msgId);
        cancel();
        resolve(answer);
      };
      cancel = this.#deps.clock.after(ANSWER_MS, () => told(null));
      this.#waiting.set(msgId, told);
    });
  }

  /** As in the sample: the milliseconds, and seven hexadecimal digits. */
  #nextId(): string {
    const { clock, entropy } = this.#deps;
    const tail = Math.floor(entropy.random() * TAIL).toString(16);
    return `${clock.now()}${tail.padStart(7, '0')}`;
  }
}
