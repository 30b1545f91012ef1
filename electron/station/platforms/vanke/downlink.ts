import { errorText } from '../../runtime/errors.ts';
import { isOneOf } from '../allow-list.ts';
import { Refused } from '../define-message.ts';
import { Heard } from '../heard.ts';
import type { InboundRequest, InboundResponse, PlatformInbound } from '../platform.ts';
import { isToken } from './codec.ts';
import { notDone, type VankeContext, type VankeReply } from './context.ts';
import { downMessages } from './messages.ts';
import { isPhotoPath, servePhoto } from './photo-links.ts';
import { readBody } from './request.ts';

/** Whatever stands before it belongs to whoever wrote the address. Case sensitive. */
const PATH = /\/([A-Za-z]{1,40})\/?$/;
/** A browser sends nothing of this type to somebody else's address by itself. */
const JSON_TYPE = /^\s*application\/json\s*(;|$)/i;

/**
 * What the platform calls us by (供应商提供接口): its address, token, car park and time are proved first, then it is carried out. HTTP 200
 * whatever became of it; what is wrong changes nothing.
 */
export class VankeDownlink implements PlatformInbound {
  readonly listen: PlatformInbound['listen'];
  readonly heard: Heard;
  readonly #context: VankeContext;
  readonly #allowed: (remote: string) => boolean;

  constructor(context: VankeContext) {
    this.#context = context;
    this.heard = new Heard('vanke', context);
    this.listen = context.settings.downlink;
    this.#allowed = allowing(context.settings.security.allow);
  }

  serves(method: string, path: string): boolean {
    return (method === 'POST' && messageAt(path) !== undefined) || isPhotoPath(method, path);
  }

  async handle(request: InboundRequest): Promise<InboundResponse> {
    // From any address: it is a person's browser that opens a picture, and its address alone is the proof.
    if (isPhotoPath(request.method, request.path)) return servePhoto(request.path, this.#context);
    return answered(await this.#reply(request));
  }

  tooLarge(): InboundResponse {
    return answered(notDone('请求有误：内容过大'));
  }

  async #reply(request: InboundRequest): Promise<VankeReply> {
    const { clock, log } = this.#context;
    const message = messageAt(request.path);
    if (!message) return notDone('没有这个接口');
    const refused = this.#refused(request);
    if (typeof refused === 'string') return notDone(refused);
    try {
      this.heard.called();
      const done = await message.receive(refused.body, { at: clock.now(), remote: request.remote }, this.#context);
      if (!(done instanceof Refused)) return done;
      this.heard.notRead(message.name, done.reason);
      return notDone(`参数有误：${done.reason}`);
    } catch (error) {
      log.error('a request of the platform could not be carried out', {
        message: message.name,
        error: errorText(error),
      });
      return notDone('车场系统内部错误，请稍后再试');
    }
  }

  /** First where it comes from, then who it is, then for whom, then when. What is said to a stranger tells nothing. */
  #refused({ remote, contentType, body }: InboundRequest): string | { readonly body: unknown } {
    const { appId, appSecret, parkingLotId, security } = this.#context.settings;
    if (!this.#allowed(remote)) {
      this.heard.turnedAway(remote, 'address');
      return '来源地址不在允许范围';
    }
    if (!JSON_TYPE.test(contentType)) return '请求有误：Content-Type 应为 application/json';
    const read = readBody(body);
    if (typeof read === 'string') return `请求有误：${read}`;
    if (!isToken(read.token, read.time, appId, appSecret)) {
      this.heard.turnedAway(remote, 'token');
      return 'token 错误';
    }
    if (read.parkingLotId !== parkingLotId) return '停车场编号不存在';
    if (read.at === undefined) return '请求有误：time 应为 yyyyMMdd HH:mm:ss';
    const apart = Math.abs(this.#context.clock.now() - read.at);
    if (security.windowSeconds > 0 && apart > security.windowSeconds * 1000) {
      this.heard.turnedAway(remote, 'time');
      return `请求时间与本机相差超过 ${security.windowSeconds} 秒`;
    }
    return { body: read.body };
  }
}

const answered = (reply: VankeReply): InboundResponse => ({
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(reply),
});

const messageAt = (path: string) => {
  const name = PATH.exec(path)?.[1];
  return downMessages.find((each) => each.name === name);
};

/** Who may call: nobody named is everybody. */
const allowing = (allow: readonly string[]): ((remote: string) => boolean) =>
  allow.length === 0 ? () => true : isOneOf(allow);
