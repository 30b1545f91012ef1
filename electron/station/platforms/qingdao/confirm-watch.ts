import { z } from 'zod';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { QingdaoContext } from './context.ts';
import { confirmSpecialCar } from './messages/confirmSpecialCar.ts';

/** More answers than this on their way at once are not watched one by one. */
const MAX_WATCHED = 500;

const confirmationSchema = z.object({ requestId: z.string(), params: z.string() });

/**
 * Raises an alarm when a notice has been acted on and its answer has not arrived within the limit: one for each change of a list,
 * which the specification demands within 20 s (四(八)2), and one for all other notices together.
 */
export class ConfirmWatch {
  readonly #context: QingdaoContext;
  readonly #pending = new Map<string, Cancel>();
  readonly #late = new Set<string>();
  /** Late ones of the other kinds, and how many were late since the alarm was raised. */
  readonly #others = new Set<string>();
  #counted = 0;

  constructor(context: QingdaoContext) {
    this.#context = context;
  }

  /** `message`: the answer's name. */
  queued(message: string, requestId: string, params: string): void {
    const key = `${message} ${requestId} ${params}`;
    if (this.#pending.has(key) || this.#pending.size >= MAX_WATCHED) return;
    const { clock, settings } = this.#context;
    const list = message === confirmSpecialCar.name;
    const limitMs = list ? settings.timeouts.confirmMs : settings.timeouts.noticeMs;
    const cancel = clock.after(limitMs, () => {
      this.#pending.delete(key);
      if (!list) this.#countLate(key, limitMs);
      else {
        if (this.#late.size < MAX_WATCHED) this.#late.add(key);
        this.#say(`qingdao/specialCar/${requestId}`, `已执行的通知在 ${limitMs / 1000} 秒内未能向平台确认`, false);
      }
    });
    this.#pending.set(key, cancel);
  }

  /** `body` is the stored body of an answer that the platform took. */
  delivered(message: string, body: unknown): void {
    const parsed = confirmationSchema.safeParse(body);
    if (!parsed.success) return;
    const { requestId, params } = parsed.data;
    const key = `${message} ${requestId} ${params}`;
    this.#pending.get(key)?.();
    this.#pending.delete(key);
    if (this.#late.delete(key)) this.#say(`qingdao/specialCar/${requestId}`, '已补确认', true);
    if (this.#others.delete(key) && this.#others.size === 0) {
      this.#say('qingdao', `已全部答复，其间 ${this.#counted} 条超时`, true);
      this.#counted = 0;
    }
  }

  stop(): void {
    for (const cancel of this.#pending.values()) cancel();
    this.#pending.clear();
  }

  #countLate(key: string, limitMs: number): void {
    this.#counted += 1;
    if (this.#others.size < MAX_WATCHED) this.#others.add(key);
    this.#context.log.warn('a notice was not answered in time', { late: this.#counted });
    if (this.#counted === 1) this.#say('qingdao', `平台通知在 ${limitMs / 1000} 秒内未能答复`, false);
  }

  #say(subject: string, detail: string, cleared: boolean): void {
    const { commands, log } = this.#context;
    try {
      commands.alarm({ code: 'qingdao-confirmation-late', subject, detail, severity: 'warning', cleared });
    } catch (error) {
      log.error('an alarm could not be stored', { reason: errorText(error) });
    }
  }
}
