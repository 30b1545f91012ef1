import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { Refused } from '../define-message.ts';
import { Heard } from '../heard.ts';
import type { InboundRequest, InboundResponse, PlatformInbound } from '../platform.ts';
import type { Cipher } from './cipher.ts';
import { open, type Parameters, type Sense, vectorsAt } from './codec.ts';
import type { KeytopSettings } from './config.ts';
import { KEYTOP, type KeytopContext, type KeytopReply, notDone } from './context.ts';
import { isRightUser } from './credentials.ts';
import { namesOf } from './define.ts';
import { Lockout } from './lockout.ts';
import { downMessages } from './messages.ts';
import { isOfFamily, messageAt } from './paths.ts';
import { isPhotoPath, servePhoto } from './photo-links.ts';
import { cipherTextOf } from './request.ts';

const MINUTE_MS = 60_000;

/** The parameters that say which car, order or card is meant: what a body of the oldest family is known by. */
const TELLING: ReadonlySet<string> = new Set(['parkcode', 'plateno', 'cardno', 'devicecode', 'orderno']);

/**
 * What the third party calls us by (下行): who it is is proved before anything is decrypted, then for which car park, then it is carried
 * out. HTTP 200 whatever became of it; what is wrong changes nothing.
 */
export class KeytopDownlink implements PlatformInbound {
  readonly listen: PlatformInbound['listen'];
  readonly heard: Heard;
  readonly #context: KeytopContext;
  readonly #own: NonNullable<KeytopSettings['downlink']>;
  readonly #cipher: Cipher;
  readonly #lockout: Lockout;
  #unlocking: Cancel | undefined;

  constructor(context: KeytopContext, own: NonNullable<KeytopSettings['downlink']>, cipher: Cipher) {
    this.#context = context;
    this.#own = own;
    this.#cipher = cipher;
    this.heard = new Heard('keytop', context);
    this.listen = own.listen;
    this.#lockout = new Lockout(context.settings.security.lockout, context.clock);
  }

  serves(method: string, path: string): boolean {
    return isOfFamily(path) || isPhotoPath(method, path);
  }

  async handle(request: InboundRequest): Promise<InboundResponse> {
    // From any address: it is a person's browser that opens a picture, and its address alone is the proof.
    if (isPhotoPath(request.method, request.path)) return servePhoto(request.path, this.#context);
    const called = messageAt(request.path, this.#context.settings.security.oldPaths);
    if (!called) return answered(notDone('没有这个接口'), 404);
    if (request.method !== 'POST') return answered(notDone('请用 POST 请求'), 405);
    return answered(await this.#reply(called, request));
  }

  tooLarge(): InboundResponse {
    return answered(notDone('请求有误：内容过大'), 413);
  }

  async #reply(
    called: { readonly name: string; readonly oldest: boolean },
    request: InboundRequest,
  ): Promise<KeytopReply> {
    const { clock, log } = this.#context;
    const message = downMessages.find(({ name }) => name === called.name);
    if (!message) return notDone('没有这个接口');
    const stranger = this.#strangerSays(request);
    if (stranger !== undefined) return notDone(stranger);
    const read = this.#read(request, called.oldest, namesOf(message.schema));
    if (typeof read === 'string') {
      this.heard.notRead(message.name, read);
      return notDone(read);
    }
    try {
      this.heard.called();
      const done = await message.receive(read, { at: clock.now(), remote: request.remote }, this.#context);
      if (!(done instanceof Refused)) return done;
      this.heard.notRead(message.name, done.reason);
      return notDone(`参数有误：${done.reason}`);
    } catch (error) {
      log.error('a request of the third party could not be carried out', {
        message: message.name,
        error: errorText(error),
      });
      return notDone('车场系统内部错误，请稍后再试');
    }
  }

  /** Why it is not listened to; it tells a stranger nothing. Undefined: it is the third party. */
  #strangerSays({ remote, headers }: InboundRequest): string | undefined {
    if (this.#lockout.isLocked(remote)) return '错误次数过多，请稍后再试';
    const given = { user: oneOf(headers['user']), password: oneOf(headers['pwd']) };
    if (isRightUser(given, this.#own)) {
      this.#lockout.right(remote);
      return undefined;
    }
    this.heard.turnedAway(remote, 'user');
    if (this.#lockout.wrong(remote)) this.#locked(remote);
    return '用户名或密码错误';
  }

  /** One alarm, whoever guesses and from wherever; it goes when nobody is locked any more. */
  #locked(remote: string): void {
    const { clock, commands, log, settings } = this.#context;
    const alarm = { code: 'platform-guessing', subject: KEYTOP.name, severity: 'warning' } as const;
    log.warn('an address that guesses at user and password is locked', { remote });
    commands.alarm({
      ...alarm,
      detail: `${remote} 多次用错误的用户名或密码调用科拓接口，已暂时锁定`,
      figures: { address: remote },
    });
    this.#unlocking?.();
    this.#unlocking = clock.after(settings.security.lockout.lockMinutes * MINUTE_MS, () =>
      commands.alarm({ ...alarm, detail: '', cleared: true }),
    );
  }

  stop(): void {
    this.#unlocking?.();
  }

  #read({ body, contentType }: InboundRequest, oldest: boolean, names: ReadonlySet<string>): Parameters | string {
    const { settings, clock } = this.#context;
    const { forms, neighbourMinutes } = settings.security;
    const bytes = cipherTextOf(body, contentType, forms);
    if (typeof bytes === 'string') return bytes;
    const sense: Sense = {
      isField: (name) => named(name) === 'parkcode' || names.has(named(name)),
      isEnough: (parameters) =>
        Object.keys(parameters).some((key) => (oldest ? TELLING.has(named(key)) : named(key) === 'parkcode')),
    };
    const read = open(bytes, this.#own.key, vectorsAt(clock.now(), neighbourMinutes), sense, this.#cipher);
    if ('fault' in read) return read.fault;
    const { parameters } = read;
    const code = Object.entries(parameters).find(([key]) => named(key) === 'parkcode')?.[1];
    if (code === undefined || code === null || code === '')
      return oldest && settings.readings.oldParkCode === 'optional' ? parameters : '参数有误：parkCode: 缺少参数';
    // Some write it as a number.
    const told = typeof code === 'number' || typeof code === 'string' ? String(code).trim() : undefined;
    if (told !== settings.parkCode) return '停车场编号不存在';
    return parameters;
  }
}

const named = (key: string): string => key.trim().toLowerCase();

/** A header that comes twice proves nothing. */
const oneOf = (header: string | readonly string[] | undefined): string => (typeof header === 'string' ? header : '');

const answered = (reply: KeytopReply, status = 200): InboundResponse => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(reply),
});
