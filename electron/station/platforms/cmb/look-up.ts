import type { JournalEvent } from '../../../../shared/domain/events.ts';
import { fenToYuanText } from '../../../../shared/domain/money.ts';
import type { Plate } from '../../../../shared/domain/plate.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { FewAtOnce } from '../few-at-once.ts';
import type { LookedUp } from '../platform.ts';
import { isTold, noteAutoPay } from './bindings.ts';
import type { CmbContext } from './context.ts';
import { AutoPayStatus } from './messages/AutoPayStatus.ts';

/**
 * Asks whether the owner of a plate agreed to AutoPay. What the bank says of a car inside is kept with its stay; of any other only a
 * no is: whoever takes the consent back while the car is away is not told of here.
 */
export async function lookUp(context: CmbContext, plate: string, signal: AbortSignal): Promise<LookedUp> {
  const reply = await context.ask(AutoPayStatus, { vpl_number: plate }, signal);
  if (reply.kind !== 'answered') return { kind: 'failed', detail: `无感状态未查到：${reply.reason}` };
  const told = reply.answer;
  if (told.signed === null) return { kind: 'failed', detail: '无感状态未查到：招行未返回状态' };
  // The answer may have taken its time.
  const uid = context.station().read.stays.inside(plate)?.uid ?? null;
  if (uid !== null || !told.signed) noteAutoPay(context, { plate, uid }, told);
  if (!told.signed) return { kind: 'none', detail: '未开通无感支付' };
  const limit = told.limitFen === null ? '' : `，限额 ${fenToYuanText(told.limitFen)} 元`;
  return { kind: 'known', detail: `已开通无感支付${limit}` };
}

/** So long the answer to Indata has to say it by itself. */
const ANSWERED_BY_MS = 8000;

/**
 * Asks about cars that came in, or whose plate was put right, where the bank has not said it by itself. Off the lane's path, and
 * silent when it fails: the answer to Indata may still come, and whoever is not known to have agreed pays in another way.
 */
export class EntryLookUp {
  readonly #context: CmbContext;
  readonly #silent: () => boolean;
  readonly #line: FewAtOnce;
  readonly #timers = new Map<string, Cancel>();
  #listening: Cancel = () => undefined;

  /** @param silent whether nothing has been answered lately */
  constructor(context: CmbContext, silent: () => boolean) {
    this.#context = context;
    this.#silent = silent;
    this.#line = new FewAtOnce((plate, signal) => this.#ask(plate, signal), context.log);
  }

  start(): void {
    const { settings, station } = this.#context;
    const { atEntry } = settings.lookUp;
    if (atEntry === 'never') return;
    const entered = atEntry === 'always' ? 0 : ANSWERED_BY_MS;
    this.#listening = station().onCommitted((events) => {
      for (const event of events) {
        const stay = event.kind === 'vehicle-entered' ? event.body.stay : renamed(event);
        if (stay?.status !== 'inside' || stay.plate.text === '') continue;
        this.#later(stay.uid, event.kind === 'vehicle-entered' ? entered : 0, atEntry === 'always');
      }
    });
  }

  stop(): void {
    this.#line.stop();
    this.#listening();
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** One look for a stay, the last that was asked for; on a timer in any case, because whoever commits must not wait. */
  #later(uid: string, ms: number, always: boolean): void {
    this.#timers.get(uid)?.();
    const look = (): void => {
      this.#timers.delete(uid);
      const stay = this.#context.station().read.stays.get(uid);
      if (stay?.status !== 'inside' || (!always && isTold(this.#context, stay))) return;
      this.#line.add(stay.plate.text);
      this.#line.next();
    };
    this.#timers.set(uid, this.#context.clock.after(ms, look));
  }

  /** Where the bank is away nobody in line is asked about. */
  async #ask(plate: string, signal: AbortSignal): Promise<void> {
    if (this.#silent()) this.#line.clear();
    else await lookUp(this.#context, plate, signal);
  }
}

/** The stay whose plate was put right. */
function renamed(event: JournalEvent): Stay | undefined {
  if (event.kind === 'plate-corrected') return differs(event.body) ? (event.body.stay ?? undefined) : undefined;
  if (event.kind !== 'stay-corrected') return undefined;
  const { before, stay } = event.body;
  return differs({ before: before.plate, after: stay.plate }) ? stay : undefined;
}

const differs = ({ before, after }: { readonly before: Plate; readonly after: Plate }): boolean =>
  before.text !== after.text;
