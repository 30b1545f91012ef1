import { timingSafeEqual } from 'node:crypto';
import { errorText } from '../../runtime/errors.ts';
import { Refused } from '../define-message.ts';
import type { Heard } from '../heard.ts';
import { parseLossless } from '../lossless-json.ts';
import { Answered, digestOfRequest } from './answered.ts';
import { done, notDone, type ShenzhenContext, type ShenzhenReply } from './context.ts';
import { type Downlink, type Envelope, memberText, signatureOver } from './envelope.ts';
import { fromEpoch } from './fields.ts';
import type { JsonMember } from './json-text.ts';
import type { ShenzhenDown } from './messages.ts';

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
  readonly #running = new Map<string, { readonly digest: string; readonly reply: Promise<ShenzhenReply> }>();
  readonly #logins = new Map<string, number>();

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
    const proved = data !== undefined && this.#isTheCity(data, envelope, remote);
    const refused = (reply: ShenzhenReply): Received => ({ reply, proved, fresh: false });
    if (message === undefined && method !== LOGIN) return refused(notDone(405, '没有这个接口'));
    const malformed = (reason: string): Received => refused(this.#malformed(method, reason));
    if (requestId === '' || requestId.length > LONGEST_ID)
      return malformed(`requestId: 应为 1 至 ${LONGEST_ID} 个字符`);
    if (![undefined, '', this.#context.settings.parkCode].includes(envelope.parkCode)) return refused(OTHER_PARK);
    if (data === undefined) return malformed('data: 应为对象');
    if (!proved) return refused(notDone(401, 'accessKey 或 signature 错误'));
    const late = this.#late(memberText(data, 'timestamp'), remote);
    if (late !== undefined) return typeof late === 'string' ? malformed(late) : refused(late);
    if (this.#isOfAnother(data)) return refused(OTHER_PARK);
    try {
      this.#heard.called();
      return message === undefined ? this.#loggedIn(data) : await this.#carriedOut(message, requestId, data);
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

  /** Nothing but the signature says so. */
  #isTheCity(data: readonly JsonMember[], { members }: Envelope, remote: string): boolean {
    const { accessKey, accessSecret } = this.#context.settings;
    const isKey = isSame(memberText(data, 'accessKey') ?? '', accessKey);
    const isSigned = (): boolean =>
      isSame((memberText(data, 'signature') ?? '').toUpperCase(), signatureOver(data, accessSecret));
    const isCity = isKey && isSigned() && this.#isHeaderSigned(members);
    if (!isCity) this.#heard.turnedAway(remote, isKey ? 'signature' : 'accessKey');
    return isCity;
  }

  /** Nothing says how the two names differ, if at all. */
  #isOfAnother(data: readonly JsonMember[]): boolean {
    return ['parkId', 'parkCode'].some((name) => {
      const told = memberText(data, name) ?? '';
      return told !== '' && told !== this.#context.settings.parkCode;
    });
  }

  #isHeaderSigned(members: readonly JsonMember[]): boolean {
    if (!this.#own.signHeader) return true;
    const { accessSecret } = this.#context.settings;
    return isSame((memberText(members, 'signature') ?? '').toUpperCase(), signatureOver(members, accessSecret));
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

  /** Of a city that connects to us and says so. The same words a second time were overheard. */
  #loggedIn(data: readonly JsonMember[]): Received {
    const now = this.#context.clock.monotonic();
    const windowMs = Math.max(this.#own.windowMs, 60_000) * 2;
    for (const [words, at] of this.#logins) if (now - at > windowMs) this.#logins.delete(words);
    const words = memberText(data, 'signature') ?? '';
    const fresh = !this.#logins.has(words);
    this.#logins.set(words, now);
    return { reply: done({}), proved: true, fresh };
  }

  async #carriedOut(message: ShenzhenDown, requestId: string, data: readonly JsonMember[]): Promise<Received> {
    const digest = digestOfRequest(message.name, data);
    const told = (reply: ShenzhenReply, fresh: boolean): Received => ({ reply, proved: true, fresh });
    const before = this.#running.get(requestId);
    if (before) return told(before.digest === digest ? await this.#inTime(before.reply) : OTHER, false);
    const known = this.#answered.find(requestId, digest);
    if (known !== undefined) return told(known === 'other' ? OTHER : known, false);
    if (this.#running.size >= MOST_LATE) return told(notDone(500, '正在处理的请求过多，请稍后再试'), true);
    // Begun a moment later, so that it is known here before it can be over.
    const reply = Promise.resolve().then(() => this.#run(message, requestId, digest, data));
    this.#running.set(requestId, { digest, reply });
    return told(await this.#inTime(reply), true);
  }

  async #run(
    message: ShenzhenDown,
    requestId: string,
    digest: string,
    data: readonly JsonMember[],
  ): Promise<ShenzhenReply> {
    const { clock } = this.#context;
    try {
      const body = parseLossless(`{${data.map(({ name, json }) => `${JSON.stringify(name)}:${json}`).join(',')}}`);
      const done = await message.receive(body, { at: clock.now(), requestId }, this.#context);
      if (done instanceof Refused) return this.#malformed(message.name, done.reason);
      // A fault of ours may be gone the next time.
      if (done.code !== 500) this.#answered.keep(requestId, digest, done, !QUESTIONS.has(message.name));
      return done;
    } catch (error) {
      return this.#failed(message.name, error);
    } finally {
      this.#running.delete(requestId);
    }
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

/** In a time that tells nothing of where they differ. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}
