import { Refused } from '../define-message.ts';
import type { Delivery, OutboundMessage } from '../platform.ts';
import { isUpName } from './config-wire.ts';
import type { ShenzhenContext } from './context.ts';
import type { FirstWord } from './first-word.ts';
import { judge } from './judge.ts';
import type { LineState } from './line-state.ts';
import { parkRecordUpdate } from './messages/parkRecordUpdate.ts';
import { type ShenzhenUp, upMessages } from './messages.ts';
import { parkRecordExitName } from './record-code.ts';
import { secondExit } from './second-exit.ts';
import type { Uplink } from './uplink.ts';

/** What waits in the outbox leaves: records of stays, and list entries. */
export class RecordSender {
  readonly #context: ShenzhenContext;
  readonly #uplink: Uplink;
  readonly #line: LineState;
  readonly #firstWord: Pick<FirstWord, 'wait'>;

  constructor(context: ShenzhenContext, uplink: Uplink, line: LineState, firstWord: Pick<FirstWord, 'wait'>) {
    this.#context = context;
    this.#firstWord = firstWord;
    this.#uplink = uplink;
    this.#line = line;
  }

  async send({ message, body, attempt }: OutboundMessage, signal: AbortSignal): Promise<Delivery> {
    const definition = upMessages.find(({ name }) => name === message);
    if (definition === undefined) return { kind: 'refused', reason: `there is no message ${message}` };
    await this.#firstWord.wait(signal);
    const corrected = message === parkRecordExitName ? secondExit(body, this.#context) : undefined;
    if (corrected === null) return { kind: 'given-up', reason: '该记录的出场已上报过，出场记录不能重复上传' };
    return corrected === undefined
      ? this.#post(definition, body, attempt, signal)
      : this.#post(parkRecordUpdate, corrected, attempt, signal);
  }

  async #post(definition: ShenzhenUp, body: unknown, attempt: number, signal: AbortSignal): Promise<Delivery> {
    const { name } = definition;
    const wire = await definition.encode(body, this.#context);
    if (wire instanceof Refused || !isUpName(name))
      return { kind: 'refused', reason: wire instanceof Refused ? wire.reason : `no interface ${name}` };
    const { answer, trace } = await this.#uplink.send(name, wire, signal);
    if (answer.kind === 'answered') this.#line.answered();
    else if (!signal.aborted) this.#line.failed(answer.reason);
    return { ...judge(answer, { name, attempt }, this.#context.settings), trace };
  }
}
