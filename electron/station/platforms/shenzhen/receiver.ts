import { errorText } from '../../runtime/errors.ts';
import { Refused } from '../define-message.ts';
import type { Heard } from '../heard.ts';
import { parseLossless } from '../lossless-json.ts';
import { Answered, type Asked, digestOfRequest } from './answered.ts';
import { done, notDone, type ShenzhenContext, type ShenzhenReply } from './context.ts';
import { breath, type Downlink, type Envelope, isSame, memberText, provedBy } from './envelope.ts';
import { fromEpoch } from './fields.ts';
import type { JsonMember } from './json-text.ts';
import type { ShenzhenDown } from './messages.ts';
import { Seen } from './seen.ts';
import { inTableUnits } from './units.ts';

/** An answer, and what it says of whoever asked. */
export interface Received {
  readonly reply: ShenzhenReply;
  /** It is the city's: signed with the secret. */
  readonly proved: boolean;
  /** Asked for the first time: what was overheard and is said once more proves nothing of whoever says it. */
  readonly fresh: boolean;
}

/** These change nothing here. */
const QUESTIONS: ReadonlySet<string> = new Set(['feeQuery', 'gateStatus']);
const LONGEST_ID = 36;
/** Requests that are still being carried out although their time was over. */
const MOST_LATE = 16;
const LOGIN = 'login';
const HEARTBEAT = 'heartbeat';

interface Running {
  readonly digest: string;
  readonly reply: Promise<ShenzhenReply>;
}

/**
 * What the city asks over the line: who asks is proved first, then for which car park and when, then whether it is asked again, and only
 * then it is carried out. What is wrong changes nothing. Who is no city learns nothing but that.
 */
export class Receiver {
  readonly #context: ShenzhenContext;
  readonly #own: Downlink;
  readonly #heard: Heard;
  readonly #answered: Answered;
  readonly #messages: readonly ShenzhenDown[];
  /** By the number of the request. */
  readonly #running = new Map<string, Running>();
  /** By their signatures; one that was sent again has more than one. */
  readonly #runningSigned = new Map<string, Running>();
  readonly #seen = new Seen();

  constructor(context: ShenzhenContext, own: Downlink, heard: Heard, messages: readonly ShenzhenDown[]) {
    this.#context = context;
    this.#own = own;
    this.#heard = heard;
    this.#messages = messages;
    this.#answered = new Answered(context, own.rememberHours);
  }

  /** Never rejects. Answers within the time for it; what takes longer is finished all the same, and the same request then gets its answer. */
  async receive(envelope: Envelope, remote: string): Promise<Received> {
    const { requestId } = envelope;
    const method = this.#nameOf(envelope.method);
    // It says nothing, and neither is anything proved by it.
    if (method === HEARTBEAT) return { reply: done({}), proved: false, fresh: false };
    const message = this.#messages.find(({ name }) => name === method);
    const data = envelope.data?.members;
    const signature = data && (await this.#signatureOf(data, envelope, remote));
    const proved = signature !== undefined;
    const first = proved && this.#seen.isFirst(signature);
    const refused = (reply: ShenzhenReply): Received => ({ reply, proved, fresh: false });
    if (message === undefined && method !== LOGIN) return refused(notDone(405, '没有这个接口'));
    const malformed = (reason: string): Received => refused(this.#malformed(method, reason));
    if (requestId === '' || requestId.length > LONGEST_ID)
      return malformed(`requestId: 应为 1 至 ${LONGEST_ID} 个字符`);
    if (data === undefined) return malformed('data: 应为对象');
    if (!proved) return refused(notDone(401, 'accessKey 或 signature 错误'));
    if (![undefined, '', this.#context.settings.parkCode].includes(envelope.parkCode)) return refused(OTHER_PARK);
    const late = this.#late(memberText(data, 'timestamp'), remote);
    if (late !== undefined) return typeof late === 'string' ? malformed(late) : refused(late);
    if (this.#isOfAnother(data)) return refused(OTHER_PARK);
    await breath();
    try {
      this.#heard.called();
      // Of a city that connects to us and says so.
      if (message === undefined) return { reply: done({}), proved: true, fresh: first };
      const digest = digestOfRequest(message.name, data, this.#context.settings.wire.signatureField);
      const asked: Asked = { requestId, digest, signed: `${message.name}:${signature}` };
      const { reply, isNew } = await this.#carriedOut(message, asked, data);
      return { reply, proved: true, fresh: first && isNew };
    } catch (error) {
      return refused(this.#failed(method, error));
    }
  }

  /** Resolves once nothing is being carried out any more. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ reply }) => reply));
  }

  #nameOf(method: string): string {
    const { methods } = this.#own;
    return Object.hasOwn(methods, method) ? (methods[method] ?? method) : method;
  }

  /** Nothing but the signature says that it is the city. Undefined: it is not. */
  async #signatureOf(data: readonly JsonMember[], { members }: Envelope, remote: string): Promise<string | undefined> {
    const { settings } = this.#context;
    const isKey = isSame(memberText(data, 'accessKey') ?? '', settings.accessKey);
    const signature = isKey ? await provedBy(data, settings) : undefined;
    const isHeaderFine = !this.#own.signHeader || (await provedBy(members, settings)) !== undefined;
    if (signature !== undefined && isHeaderFine) return signature;
    this.#heard.turnedAway(remote, isKey ? 'signature' : 'accessKey');
    return undefined;
  }

  /** Nothing says how the two names differ, if at all. */
  #isOfAnother(data: readonly JsonMember[]): boolean {
    // The number of the car park is ours in the header all the same.
    if (this.#own.parkIds === 'any') return false;
    return ['parkId', 'parkCode'].some((name) => {
      const told = memberText(data, name) ?? '';
      return told !== '' && told !== this.#context.settings.parkCode;
    });
  }

  /** Undefined: it is of now. */
  #late(timestamp: string | undefined, remote: string): ShenzhenReply | string | undefined {
    if (timestamp === undefined || !/^(\d{10}|\d{13})$/.test(timestamp.trim()))
      return 'timestamp: 应为 13 位毫秒或 10 位秒';
    const { windowMs } = this.#own;
    const apart = Math.abs(this.#context.clock.now() - fromEpoch(Number(timestamp)));
    if (windowMs === 0 || apart <= windowMs) return undefined;
    this.#heard.turnedAway(remote, 'timestamp');
    return notDone(408, `请求时间与本机相差超过 ${Math.round(windowMs / 1000)} 秒`);
  }

  async #carriedOut(
    message: ShenzhenDown,
    asked: Asked,
    data: readonly JsonMember[],
  ): Promise<{ readonly reply: ShenzhenReply; readonly isNew: boolean }> {
    const { requestId, digest, signed } = asked;
    const told = (reply: ShenzhenReply, isNew = false) => ({ reply, isNew });
    const same = this.#runningSigned.get(signed);
    if (same) return told(await this.#inTime(same.reply));
    const before = this.#running.get(requestId);
    if (before && before.digest !== digest) return told(OTHER);
    if (before) {
      this.#runningSigned.set(signed, before);
      return told(await this.#inTime(before.reply));
    }
    const known = this.#answered.find(asked);
    if (known !== undefined && known !== 'other') this.#answered.also(asked);
    if (known !== undefined) return told(known === 'other' ? OTHER : known);
    if (this.#running.size >= MOST_LATE) return told(notDone(500, '正在处理的请求过多，请稍后再试'), true);
    // Begun a moment later, so that it is known here before it can be over.
    const reply = breath().then(() => this.#run(message, asked, data));
    const running: Running = { digest, reply };
    this.#running.set(requestId, running);
    this.#runningSigned.set(signed, running);
    return told(await this.#inTime(reply), true);
  }

  async #run(message: ShenzhenDown, asked: Asked, data: readonly JsonMember[]): Promise<ShenzhenReply> {
    const { clock, settings } = this.#context;
    const { requestId } = asked;
    try {
      const said = data.filter(({ name }) => name !== settings.wire.signatureField);
      const body = parseLossless(`{${said.map(({ name, json }) => `${JSON.stringify(name)}:${json}`).join(',')}}`);
      const call = { at: clock.now(), requestId };
      const done = await message.receive(inTableUnits(body, settings), call, this.#context);
      if (done instanceof Refused) return this.#malformed(message.name, done.reason);
      // A fault of ours may be gone the next time, and so may what passes.
      if (done.code !== 500 && done.again !== true) this.#keep(asked, done, !QUESTIONS.has(message.name));
      return done;
    } catch (error) {
      return this.#failed(message.name, error);
    } finally {
      const running = this.#running.get(requestId);
      for (const [signed, each] of this.#runningSigned) if (each === running) this.#runningSigned.delete(signed);
      this.#running.delete(requestId);
    }
  }

  /** Also under the signatures with which it was sent again meanwhile. */
  #keep(asked: Asked, reply: ShenzhenReply, changes: boolean): void {
    this.#answered.keep(asked, reply, changes);
    const running = this.#running.get(asked.requestId);
    for (const [signed, each] of this.#runningSigned)
      if (each === running && signed !== asked.signed) this.#answered.also({ ...asked, signed });
  }

  async #inTime(reply: Promise<ShenzhenReply>): Promise<ShenzhenReply> {
    const { promise: over, resolve } = Promise.withResolvers<ShenzhenReply>();
    const cancel = this.#context.clock.after(this.#own.replyMs, () =>
      resolve(notDone(500, '仍在处理，请稍后用同一 requestId 再取结果')),
    );
    try {
      return await Promise.race([reply, over]);
    } finally {
      cancel();
    }
  }

  #malformed(method: string, reason: string): ShenzhenReply {
    this.#heard.notRead(method, reason);
    return notDone(400, `请求有误：${reason}`);
  }

  #failed(message: string, error: unknown): ShenzhenReply {
    this.#context.log.error('a request of the city could not be carried out', { message, error: errorText(error) });
    return notDone(500, '车场系统内部错误，请稍后再试');
  }
}

const OTHER = notDone(400, '该 requestId 已用于另一条请求');
const OTHER_PARK = notDone(404, '车场编码不是本车场');
