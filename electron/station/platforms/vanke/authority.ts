import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { AuthorityAnswer, AuthorityQuestion, GateAuthority } from '../../lanes/authority-port.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { Refused } from '../define-message.ts';
import type { VankeContext } from './context.ts';
import { receivePlateNumber } from './messages/receivePlateNumber.ts';
import { recognitionOf } from './recognition.ts';
import type { Uplink } from './uplink.ts';

const ALARM = 'gate-authority-silent';
/** Remembered while the alarm stands: alarms live in memory, and a restart answers nothing. */
const KEY = 'authority-silent';

/**
 * The platform's word at the lanes that the manager gave it. Each question is the same recognition again, with a time and token of its
 * own. That a lane gave up waiting is loud until the next question is answered, also after a restart: cars are let through unasked then,
 * or wait for a person.
 */
export class VankeAuthority implements GateAuthority {
  readonly platform = 'vanke';
  readonly #context: VankeContext;
  readonly #uplink: Uplink;
  #stopped = false;
  /** Whether the alarm stands. */
  #silent = false;
  #begin: () => void = () => undefined;
  /** Before the start it is not known how this station is reached, and the addresses of pictures would be others later. */
  #begun: Promise<void> | undefined = new Promise((resolve) => {
    this.#begin = resolve;
  });
  #stopListening: Cancel = () => undefined;

  constructor(context: VankeContext, uplink: Uplink) {
    this.#context = context;
    this.#uplink = uplink;
  }

  start(): void {
    this.#begun = undefined;
    this.#begin();
    this.#resume();
    this.#stopListening = this.#context.station().onCommitted((events) => {
      // Not within the turn of the lane, whose arm may have to move.
      if (events.some(gaveUp)) this.#context.clock.after(0, () => this.#raise());
    });
  }

  /** From here on nobody is told of a failure: it would be ours, and a lane might let its car through for it. */
  stop(): void {
    this.#stopped = true;
    this.#begin();
    this.#stopListening();
  }

  async ask(question: AuthorityQuestion, signal: AbortSignal): Promise<AuthorityAnswer> {
    if (this.#begun) await this.#begun;
    const answer = this.#stopped ? undefined : await this.#ask(question, signal);
    if (this.#stopped || answer === undefined) return aborted(signal);
    if (answer.answer !== 'failed') this.#heard();
    return answer;
  }

  async #ask(
    { passageId, laneId, direction, startedAt, plate, photoId, confidence }: AuthorityQuestion,
    signal: AbortSignal,
  ): Promise<AuthorityAnswer> {
    const car = { passageId, laneId, direction, at: startedAt, plate, photoId, confidence, failed: false };
    const wire = await receivePlateNumber.encode(recognitionOf(car), this.#context);
    if (wire instanceof Refused) return { answer: 'failed', detail: wire.reason };
    const { answer } = await this.#uplink.post(receivePlateNumber.name, wire, signal, 'lane');
    if (answer.kind === 'failed') return { answer: 'failed', detail: answer.reason };
    return answer.code === '0'
      ? { answer: 'open', detail: answer.desc }
      : { answer: 'refuse', detail: answer.desc || '平台不允许开闸' };
  }

  #raise(): void {
    if (this.#stopped || this.#silent) return;
    this.#tell(false);
    this.#remember('yes');
  }

  #heard(): void {
    if (!this.#silent) return;
    this.#tell(true);
    this.#remember('');
  }

  /** What stood before the restart stands on, as long as a lane asks at all: nobody else would ever end it. */
  #resume(): void {
    const { commands, station } = this.#context;
    if (commands.recall(this.platform, KEY) !== 'yes') return;
    const asks = station()
      .lanes.lanes()
      .some(({ authority }) => authority?.platform === this.platform);
    if (asks) this.#tell(false);
    else this.#remember('');
  }

  #tell(cleared: boolean): void {
    this.#silent = !cleared;
    const detail = '万科平台连续无应答，车道不再等它，按车道的设置处理（自动放行、本地规则或等人工）';
    this.#context.commands.alarm({ code: ALARM, subject: this.platform, detail, severity: 'alarm', cleared });
  }

  /** What cannot be written down must not cost a car its answer. */
  #remember(value: string): void {
    try {
      this.#context.commands.remember(this.platform, KEY, value);
    } catch (error) {
      this.#context.log.error('the alarm could not be remembered', { error: errorText(error) });
    }
  }
}

const gaveUp = ({ kind, body }: JournalEvent): boolean =>
  kind === 'authority-told' && body.platform === 'vanke' && body.why === 'gave-up';

/** Nothing is said any more; whoever asked goes away in his own time. */
const aborted = (signal: AbortSignal): Promise<AuthorityAnswer> =>
  new Promise((resolve) => {
    const end = (): void => resolve({ answer: 'failed', detail: '程序正在退出' });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
