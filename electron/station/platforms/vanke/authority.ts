import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { AuthorityAnswer, AuthorityQuestion, GateAuthority } from '../../lanes/authority-port.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { Refused } from '../define-message.ts';
import type { VankeContext } from './context.ts';
import { receivePlateNumber } from './messages/receivePlateNumber.ts';
import { recognitionOf } from './recognition.ts';
import type { Uplink } from './uplink.ts';

const ALARM = 'gate-authority-silent';

/**
 * The platform's word at the lanes that the manager gave it. Each question is the same recognition again, with a time and token of its
 * own. That a lane gave up waiting is loud until the next question is answered: cars are let through unasked then, or wait for a person.
 */
export class VankeAuthority implements GateAuthority {
  readonly platform = 'vanke';
  readonly #context: VankeContext;
  readonly #uplink: Uplink;
  #stopped = false;
  #silent = false;
  #saidNoAddress = false;
  #stopListening: Cancel = () => undefined;

  constructor(context: VankeContext, uplink: Uplink) {
    this.#context = context;
    this.#uplink = uplink;
  }

  start(): void {
    this.#stopListening = this.#context.station().onCommitted((events) => {
      // Not within the turn of the lane, whose arm may have to move.
      if (events.some(gaveUp)) this.#context.clock.after(0, () => this.#raise());
    });
  }

  /** From here on nobody is told of a failure: it would be ours, and a lane might let its car through for it. */
  stop(): void {
    this.#stopped = true;
    this.#stopListening();
  }

  async ask(question: AuthorityQuestion, signal: AbortSignal): Promise<AuthorityAnswer> {
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
    if (photoId !== null && wire['image'] === '') this.#noAddress();
    const { answer } = await this.#uplink.post(receivePlateNumber.name, wire, signal, 'lane');
    if (answer.kind === 'failed') return { answer: 'failed', detail: answer.reason };
    return answer.code === '0'
      ? { answer: 'open', detail: answer.desc }
      : { answer: 'refuse', detail: answer.desc || '平台不允许开闸' };
  }

  /** Said once: it stays so until somebody sets it. */
  #noAddress(): void {
    if (!this.#saidNoAddress)
      this.#context.log.warn('pictures cannot be told: the address of this station is not known');
    this.#saidNoAddress = true;
  }

  #raise(): void {
    if (this.#stopped) return;
    this.#silent = true;
    const detail = '万科平台连续无应答，车道不再等它，按车道的设置处理（自动放行、本地规则或等人工）';
    this.#context.commands.alarm({ code: ALARM, subject: this.platform, detail, severity: 'alarm' });
  }

  #heard(): void {
    if (!this.#silent) return;
    this.#silent = false;
    this.#context.commands.alarm({
      ...{ code: ALARM, subject: this.platform, detail: '', severity: 'alarm' },
      cleared: true,
    });
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
