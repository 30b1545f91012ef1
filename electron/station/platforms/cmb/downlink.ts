import { errorText } from '../../runtime/errors.ts';
import { Refused } from '../define-message.ts';
import { Heard } from '../heard.ts';
import type { InboundRequest, InboundResponse, PlatformInbound } from '../platform.ts';
import { type Fields, isSigned, readForm } from './codec.ts';
import type { CmbContext, CmbReply } from './context.ts';
import { pay } from './messages/pay.ts';
import { downMessages } from './messages.ts';
import { reportUnread } from './pay-unread.ts';
import { isPhotoPath, servePhoto } from './photo-links.ts';

/** Whatever stands before it belongs to whoever wrote the address (FAQ 6.10). Case sensitive. */
const PATH = /\/cmbParking\/([A-Za-z]{1,40})\/?$/;

export const REPLIES = {
  malformed: (reason: string): CmbReply => ({ status: 400, message: `请求有误：${reason}`.slice(0, 200) }),
  unsigned: { status: 401, message: 'appid 或签名错误' },
  unknownPark: { status: 404, message: '车场编号不存在' },
  unknownPath: { status: 404, message: '没有这个接口' },
  failed: { status: 500, message: '车场系统内部错误，请稍后再试' },
} as const;

/** What the bank calls us by (§4): read, proved, carried out, answered with HTTP 200 whatever became of it. */
export class CmbDownlink implements PlatformInbound {
  readonly listen: PlatformInbound['listen'];
  readonly #context: CmbContext;
  readonly #heard: Heard;

  constructor(context: CmbContext) {
    this.#context = context;
    this.#heard = new Heard('cmb', context);
    this.listen = context.settings.downlink;
  }

  /** Whether the bank is known to reach us. */
  get isHeard(): boolean {
    return this.#heard.lately;
  }

  serves(method: string, path: string): boolean {
    return (method === 'POST' && PATH.test(path)) || isPhotoPath(method, path);
  }

  async handle(request: InboundRequest): Promise<InboundResponse> {
    if (isPhotoPath(request.method, request.path)) return servePhoto(request.path, this.#context);
    const reply = this.#reply(request);
    return { status: 200, contentType: 'application/json; charset=utf-8', body: JSON.stringify(reply) };
  }

  #reply(request: InboundRequest): CmbReply {
    const name = PATH.exec(request.path)?.[1];
    const message = downMessages.find((each) => each.name === name);
    const fields = readForm(request.body);
    if (fields === 'not-utf8') return REPLIES.malformed('不是 UTF-8 编码');
    if (fields === 'twice') return REPLIES.malformed('参数重复');
    const refused = this.#refused(fields, request.remote);
    if (refused) return refused;
    if (!message) return REPLIES.unknownPath;
    const { clock, log } = this.#context;
    try {
      this.#heard.called();
      const done = message.receive(Object.fromEntries(fields), { at: clock.now() }, this.#context);
      if (!(done instanceof Refused)) return done;
      this.#heard.notRead(message.name, done.reason);
      if (message.name === pay.name) reportUnread(fields, done.reason, this.#context);
      return REPLIES.malformed(done.reason);
    } catch (error) {
      log.error('a request of the bank could not be carried out', { message: message.name, error: errorText(error) });
      return REPLIES.failed;
    }
  }

  /** First who it is, then for whom. */
  #refused(fields: Fields, remote: string): CmbReply | undefined {
    const { appId, appSecret, parkCode } = this.#context.settings;
    if (!isSigned(fields, appSecret) || fields.get('appid') !== appId) {
      this.#heard.turnedAway(remote, 'sign');
      return REPLIES.unsigned;
    }
    const park = fields.get('park_code') ?? '';
    if (park === '') return REPLIES.malformed('缺少 park_code');
    return park === parkCode ? undefined : REPLIES.unknownPark;
  }
}
