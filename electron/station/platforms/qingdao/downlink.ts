import { z } from 'zod';
import { parseShanghaiDateTime } from '../../../../shared/domain/time.ts';
import { ConflictError, errorText, isStoreFailure, NotFoundError } from '../../runtime/errors.ts';
import { Refused } from '../define-message.ts';
import { parseLossless, stringifyLossless, wholeDigits } from '../lossless-json.ts';
import type { QingdaoCodec } from './codec.ts';
import type { QingdaoContext } from './context.ts';
import { downMessages } from './messages.ts';
import { readTopic } from './topics.ts';

/** No notice of this protocol is near this size. */
const MAX_NOTICE_BYTES = 64 * 1024;
/** However many forged notices come between good ones, they raise one alarm in this time. */
const ALARM_EVERY_MS = 60_000;

const envelopeSchema = z.looseObject({
  requestid: z.unknown(),
  timestamp: z.unknown(),
  cipher: z.string().min(1),
  sign: z.string().min(1),
});

/** `message`: the answer's name. */
export type Queued = (message: string, requestId: string, params: string) => void;

/** A store that fails this often over one notice, and takes others, never takes this one. */
const STORE_TRIES = 3;
const TRIED_AT_ONCE = 100;

/**
 * Notices of the platform: verify, decrypt, validate, act, queue the confirmation. Each step commits, so when `receive`
 * returns the broker may forget the notice; when it throws (the store failed) the broker must keep it. Repeats are harmless.
 * Whatever else goes wrong with a notice is told to the platform and to people, for all others wait behind it.
 */
export class QingdaoDownlink {
  readonly #context: QingdaoContext;
  readonly #codec: QingdaoCodec;
  readonly #queued: Queued;
  /** How often the store failed over a notice, by its signature. */
  readonly #tries = new Map<string, number>();
  #alarmedAt = Number.NEGATIVE_INFINITY;
  #standing: { readonly code: string; readonly subject: string } | undefined;

  /** `queued` is told of each answer to a notice that was acted on, when it is on its way through the outbox. */
  constructor(context: QingdaoContext, codec: QingdaoCodec, queued: Queued) {
    this.#context = context;
    this.#codec = codec;
    this.#queued = queued;
  }

  /**
   * `sentAgain`: the broker delivers what it has delivered before, as the transport asks for. Otherwise a repeat is the
   * platform's own, which has missed the confirmation, and is confirmed once more.
   */
  receive(topic: string, payload: Uint8Array, sentAgain = false): void {
    try {
      this.#take(topic, payload, sentAgain);
    } catch (error) {
      if (isStoreFailure(error)) throw error;
      this.#failed(readTopic(topic)?.name ?? '', '未能答复', errorText(error));
    }
  }

  #take(topic: string, payload: Uint8Array, sentAgain: boolean): void {
    const { log, commands } = this.#context;
    const address = readTopic(topic);
    const handler = downMessages.find(({ notice }) => notice.name === address?.name);
    if (address === undefined || handler === undefined) {
      log.warn('notice on a topic that is not known here', { topic });
      return;
    }
    const { notice, answer, anew = false } = handler;
    const envelope = this.#readEnvelope(payload);
    if (envelope === undefined) {
      this.#suspect('qingdao-notice-unreadable', notice.name, '通知缺少可读的 requestId、cipher 或 sign，已丢弃');
      return;
    }
    const { requestId, timestamp } = envelope;
    const opened = this.#codec.open(envelope);
    if (opened.kind === 'bad') {
      const detail =
        opened.fault === 'signature'
          ? `通知 ${requestId} 的签名不正确，已丢弃，未确认`
          : `通知 ${requestId} 签名正确但无法解密，请检查密钥`;
      this.#suspect(`qingdao-bad-${opened.fault}`, notice.name, detail);
      return;
    }

    this.#trust();
    const at = typeof timestamp === 'string' ? (parseShanghaiDateTime(timestamp) ?? null) : null;
    const around = { requestId, timestamp: at, topicParkingCode: address.parkingCode };
    const result = this.#orRefusal(envelope.sign, notice.name, () =>
      notice.receive(opened.body, around, this.#context),
    );
    if (!(result instanceof Refused) && result.kind === 'ignored') {
      log.debug('notice for another car park', { topic });
      return;
    }
    const success = !(result instanceof Refused || result.kind === 'failed');
    const outcome = result instanceof Refused ? 'refused' : result.kind;
    const about = { notice: notice.name, requestId, outcome };
    if (success) log.info('notice taken', about);
    else log.warn('notice refused', { ...about, reason: result.reason });

    const params = stringifyLossless(result instanceof Refused ? opened.body : (result.params ?? opened.body));
    // A platform that counts requests from 1 after each restart repeats ids, so time and plate belong to the identity.
    const identity = [timestamp, opened.body['plateNo']].map((part) =>
      typeof part === 'string' ? part.slice(0, 50) : '',
    );
    // Asked once more by the platform itself: it missed the first answer, or wants the figures of now.
    const again = (outcome === 'repeated' || anew) && !sentAgain ? [`again-${this.#context.clock.now()}`] : [];
    const recordId = [requestId, ...identity, success ? 'ok' : 'failed', ...again].join(':');
    commands.enqueue('qingdao', answer.draft({ recordId, key: null, body: { requestId, success, params } }));
    this.#tries.delete(envelope.sign);
    if (outcome === 'done') this.#queued(answer.name, requestId, params);
  }

  /**
   * The station's own refusal is an answer to the platform. A store that fails now may work soon, so the broker keeps the notice; a
   * defect of ours stays one however often the notice comes.
   */
  #orRefusal<T>(sign: string, name: string, act: () => T): T | Refused {
    try {
      return act();
    } catch (error) {
      if (error instanceof ConflictError || error instanceof NotFoundError) return new Refused(error.message);
      const tries = (this.#tries.get(sign) ?? 0) + 1;
      if (isStoreFailure(error) && tries < STORE_TRIES) {
        // Forgotten oldest first: what comes again and again is told apart from what came once.
        this.#tries.delete(sign);
        this.#tries.set(sign, tries);
        for (const oldest of [...this.#tries.keys()].slice(0, -TRIED_AT_ONCE)) this.#tries.delete(oldest);
        throw error;
      }
      this.#failed(name, '已答复失败', errorText(error));
      return new Refused(errorText(error));
    }
  }

  #failed(name: string, answered: string, reason: string): void {
    const { log, commands } = this.#context;
    log.error('a notice could not be carried out', { notice: name, reason });
    const detail = `平台通知 ${name} 无法执行，${answered}，请与平台核对：${reason.slice(0, 300)}`;
    commands.alarm({ code: 'qingdao-notice-failed', subject: `qingdao/${name}`, detail, severity: 'alarm' });
  }

  #readEnvelope(payload: Uint8Array) {
    if (payload.byteLength > MAX_NOTICE_BYTES) return undefined;
    let value: unknown;
    try {
      value = parseLossless(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    } catch {
      return undefined;
    }
    if (typeof value !== 'object' || value === null) return undefined;
    // The specification itself writes requestId and requestID (D12).
    const lower = Object.fromEntries(Object.entries(value).map(([name, item]) => [name.toLowerCase(), item]));
    const parsed = envelopeSchema.safeParse(lower);
    const requestId = wholeDigits(parsed.data?.requestid);
    if (!parsed.success || requestId === undefined) return undefined;
    const { cipher, sign, timestamp } = parsed.data;
    return { requestId, timestamp, cipher, sign };
  }

  #suspect(code: string, name: string, detail: string): void {
    const { log, commands, clock } = this.#context;
    log.warn('notice dropped', { notice: name, code, detail });
    const now = clock.monotonic();
    if (this.#standing !== undefined || now - this.#alarmedAt < ALARM_EVERY_MS) return;
    this.#alarmedAt = now;
    this.#standing = { code, subject: `qingdao/${name}` };
    commands.alarm({ ...this.#standing, detail, severity: 'alarm' });
  }

  /** A good notice: whatever was wrong is over. */
  #trust(): void {
    if (this.#standing === undefined) return;
    const alarm = { ...this.#standing, detail: '已收到正常通知', severity: 'info', cleared: true } as const;
    this.#context.commands.alarm(alarm);
    this.#standing = undefined;
  }
}
