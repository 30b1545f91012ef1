import type { ShenzhenContext } from './context.ts';
import type { NewestMessage } from './newest.ts';

/** What keeps the city from being told of the car park, as long as it does: for the people who can change it. */
export class Complaints {
  readonly #context: Pick<ShenzhenContext, 'commands'>;
  /** Reasons of ours, by message and subject. */
  readonly #held = new Map<string, Map<string, string>>();
  readonly #refused = new Map<string, string>();
  readonly #said = new Map<string, string>();

  constructor(context: Pick<ShenzhenContext, 'commands'>) {
    this.#context = context;
  }

  /** `undefined`: nothing keeps it back any more. */
  held(message: NewestMessage, key: string, reason: string | undefined): void {
    const keys = this.#held.get(message.name) ?? new Map<string, string>();
    if (reason === undefined ? !keys.delete(key) : keys.get(key) === reason) return;
    if (reason !== undefined) keys.set(key, reason);
    this.#held.set(message.name, keys);
    this.#say(message);
  }

  /** The city refused it, or took it. */
  refused(message: NewestMessage, reason: string | undefined): void {
    if (this.#refused.get(message.name) === reason) return;
    if (reason === undefined) this.#refused.delete(message.name);
    else this.#refused.set(message.name, reason);
    this.#say(message);
  }

  #say({ name, title }: NewestMessage): void {
    const [held] = this.#held.get(name)?.values() ?? [];
    const refused = this.#refused.get(name);
    const why = held === undefined ? refused && `云平台拒收：${refused}` : `没有上报：${held}`;
    if (this.#said.get(name) === why) return;
    const alarm = { code: 'shenzhen-report', subject: name, severity: 'warning' } as const;
    if (why === undefined) this.#said.delete(name);
    else this.#said.set(name, why);
    this.#context.commands.alarm({
      ...alarm,
      detail: why === undefined ? '' : `${title}（${name}）${why}`,
      ...(why === undefined ? { cleared: true } : {}),
    });
  }
}
