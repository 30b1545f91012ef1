import { z } from 'zod';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { QingdaoContext } from './context.ts';

/** More confirmations than this on their way at once are not watched one by one. */
const MAX_WATCHED = 500;

const confirmationSchema = z.object({ requestId: z.string(), params: z.string() });

/** Raises an alarm when a notice has been acted on and its confirmation has not arrived within the limit (四(八)2: 20 s). */
export class ConfirmWatch {
  readonly #context: QingdaoContext;
  readonly #pending = new Map<string, Cancel>();
  readonly #late = new Set<string>();

  constructor(context: QingdaoContext) {
    this.#context = context;
  }

  queued(requestId: string, params: string): void {
    const key = `${requestId} ${params}`;
    if (this.#pending.has(key) || this.#pending.size >= MAX_WATCHED) return;
    const { clock, settings } = this.#context;
    const cancel = clock.after(settings.timeouts.confirmMs, () => {
      this.#pending.delete(key);
      if (this.#late.size < MAX_WATCHED) this.#late.add(key);
      this.#say(requestId, `已执行的通知在 ${settings.timeouts.confirmMs / 1000} 秒内未能向平台确认`, false);
    });
    this.#pending.set(key, cancel);
  }

  /** `body` is the stored body of a confirmation that the platform took. */
  delivered(body: unknown): void {
    const parsed = confirmationSchema.safeParse(body);
    if (!parsed.success) return;
    const { requestId, params } = parsed.data;
    const key = `${requestId} ${params}`;
    this.#pending.get(key)?.();
    this.#pending.delete(key);
    if (this.#late.delete(key)) this.#say(requestId, '已补确认', true);
  }

  stop(): void {
    for (const cancel of this.#pending.values()) cancel();
    this.#pending.clear();
  }

  #say(requestId: string, detail: string, cleared: boolean): void {
    const { commands, log } = this.#context;
    try {
      const subject = `qingdao/specialCar/${requestId}`;
      commands.alarm({ code: 'qingdao-confirmation-late', subject, detail, severity: 'warning', cleared });
    } catch (error) {
      log.error('an alarm could not be stored', { reason: errorText(error) });
    }
  }
}
