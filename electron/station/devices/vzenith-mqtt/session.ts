import type { Cancel, Clock, Ids } from '../../runtime/ports.ts';
import { outcomeOfCode } from '../command-end.ts';
import type { CommandOutcome, DeviceLink } from '../device.ts';
import type { BrokerLink } from '../links.ts';
import { commandTopic, encodeCommand } from './frame.ts';
import type { Answer } from './messages.ts';
import type { VzenithMqttSettings } from './settings.ts';

/** How long the broker may take to confirm; it stands in the same network. */
const PUBLISH_MS = 2_000;

export interface Ended extends CommandOutcome {
  readonly answer: Answer | null;
}

interface SessionDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly link: DeviceLink;
}

/** Commands on their way to one camera, and who gets which answer. */
export class Session {
  readonly #broker: BrokerLink;
  readonly #settings: VzenithMqttSettings;
  readonly #deps: SessionDeps;
  readonly #pending = new Map<string, (ended: Ended) => void>();

  constructor(broker: BrokerLink, settings: VzenithMqttSettings, deps: SessionDeps) {
    this.#broker = broker;
    this.#settings = settings;
    this.#deps = deps;
  }

  /** Publishes at once. Ends when the answer is there, or when nobody knows. Never repeats. */
  ask(cmd: string, body: object): Promise<Ended> {
    const { serialNo, commandTopics, answerMs } = this.#settings;
    const { clock, ids, link } = this.#deps;
    const id = ids.next('cmd');
    const topic = commandTopic(serialNo, commandTopics, cmd);
    const text = encodeCommand({ id, serialNo, cmd, body, timestamp: Math.floor(clock.now() / 1000) });
    const since = clock.monotonic();
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const end = (ended: Ended): void => {
        if (!this.#pending.delete(id)) return;
        cancel();
        if (ended.outcome === 'done') link.took(clock.monotonic() - since);
        resolve(ended);
      };
      const lost = (detail: string): void => end({ outcome: 'unknown', detail, answer: null });
      cancel = clock.after(answerMs, () => lost(`${answerMs / 1000} 秒内没有应答，结果未知`));
      this.#pending.set(id, end);
      link.exchanged('out', topic, text);
      this.#broker.publish(topic, text, Math.min(PUBLISH_MS, answerMs)).then(
        (written) => {
          if (written === 'none') end({ outcome: 'refused', detail: '没有连上 MQTT 服务器', answer: null });
          else if (written === 'some') lost('发送中断，结果未知');
        },
        () => lost('发送中断，结果未知'),
      );
    });
  }

  /** Gives an answer to who asked. What nobody asked, or asked no longer, is passed over. */
  heard(answer: Answer): void {
    if (answer.id !== null) this.#pending.get(answer.id)?.({ ...outcomeOfCode(answer.code), answer });
  }

  /** Nobody will hear an answer any more: what is on its way ended nobody knows how. */
  lost(detail: string): void {
    for (const end of [...this.#pending.values()])
      end({ outcome: 'unknown', detail: `${detail}，结果未知`, answer: null });
  }
}
