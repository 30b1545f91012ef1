import type { Socket } from 'node:net';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../../runtime/ports.ts';
import { notDone } from './context.ts';
import { breath, type Downlink, type Envelope, readEnvelope } from './envelope.ts';
import type { Receiver } from './receiver.ts';
import { Session } from './session.ts';
import type { Speech } from './speech.ts';

/** Nothing by which anybody introduces himself is longer; reading the longest frames takes so long that cars would notice. */
const LONG_FRAME = 262_144;
/** Frames a minute that ask for nothing; more of them keep us busy and no more. */
const MOST_IDLE = 600;
const MINUTE_MS = 60_000;
/** Heartbeats of ours whose answers are waited for; whoever is slower does not answer them. */
const MOST_BEATS = 64;

export interface ConversationDeps {
  readonly own: Downlink;
  readonly clock: Clock;
  readonly log: Log;
  readonly speech: Speech;
  readonly receiver: Receiver;
}

interface Ends {
  readonly socket: Socket;
  readonly remote: string;
  /** The other side took our login, or none is sent and it proved to be the city. */
  readonly accepted: () => void;
  /** The other side asked something that only the city can ask; told each time. */
  readonly proved: () => void;
  readonly closed: (why: string, hostile: boolean) => void;
  /** Whether a login that is not answered ends it. */
  readonly awaitsLogin: boolean;
}

/** What is said over one connection: our login and heartbeats, the city's requests and our answers, one after the other. */
export class Conversation {
  readonly #deps: ConversationDeps;
  readonly #ends: Ends;
  readonly #session: Session;
  #login: string | undefined;
  readonly #beats = new Set<string>();
  #wrong = 0;
  #idle = 0;
  #idleSince: number;
  #cancelLogin: Cancel = () => undefined;
  #cancelBeat: Cancel = () => undefined;

  constructor(deps: ConversationDeps, ends: Ends) {
    this.#deps = deps;
    this.#ends = ends;
    this.#idleSince = deps.clock.monotonic();
    this.#session = new Session({
      ...{ socket: ends.socket, own: deps.own, clock: deps.clock },
      maxFrame: Math.min(LONG_FRAME, deps.own.maxFrame),
      frame: (bytes) => this.#frame(bytes),
      closed: (why, hostile) => {
        this.#cancelLogin();
        this.#cancelBeat();
        ends.closed(why, hostile);
      },
    });
  }

  /** Says who we are, where that is wanted. */
  begin(): void {
    const { own, clock, speech } = this.#deps;
    if (own.login) {
      const { requestId, text } = speech.login();
      this.#login = requestId;
      this.#session.send(text);
      if (this.#ends.awaitsLogin)
        this.#cancelLogin = clock.after(own.loginMs, () => this.#session.cut('登录没有得到应答'));
    }
    this.#beat();
  }

  /** The other side is the city: longer frames are taken from now on. */
  trust(): void {
    this.#session.allow(this.#deps.own.maxFrame);
  }

  end(why: string): void {
    this.#session.cut(why);
  }

  #beat(): void {
    const { own, clock, speech } = this.#deps;
    if (!own.heartbeat || this.#session.closed) return;
    this.#cancelBeat = clock.after(own.heartbeatMs, () => {
      // The login is the first thing that is said, and heartbeats come after it was taken.
      if (this.#login === undefined || !this.#ends.awaitsLogin) {
        const { requestId, text } = speech.heartbeat();
        this.#beats.add(requestId);
        const [oldest] = this.#beats;
        if (this.#beats.size > MOST_BEATS && oldest !== undefined) this.#beats.delete(oldest);
        this.#session.send(text);
      }
      this.#beat();
    });
  }

  async #frame(bytes: Buffer): Promise<void> {
    const { own } = this.#deps;
    const read = readEnvelope(bytes, own);
    const isLong = bytes.length > LONG_FRAME;
    if ('fault' in read) {
      this.#unread({ method: '', requestId: '' }, read.fault, isLong);
      return;
    }
    const { envelope } = read;
    if (isLong) await breath();
    if (envelope.type === own.fields.request) await this.#asked(envelope, isLong);
    else if (envelope.type === own.fields.response) this.#answered(envelope);
    else if (envelope.type === undefined) this.#unread(envelope, `${own.fields.type}: 缺少`, isLong);
    else this.#idled();
  }

  async #asked(envelope: Envelope, isLong: boolean): Promise<void> {
    const { receiver, speech, log } = this.#deps;
    try {
      const { reply, proved, fresh } = await receiver.receive(envelope, this.#ends.remote);
      if (proved) this.#wrong = 0;
      if (fresh) this.#ends.proved();
      this.#session.send(speech.reply(envelope, reply));
      if (!proved && reply.code === 0) this.#idled();
      else if (!proved) this.#wronged(isLong);
    } catch (error) {
      // Never seen: what a request can do wrong is answered by whoever receives it.
      log.error('a frame of the city could not be dealt with', { error: errorText(error) });
      this.#session.cut('内部错误');
    }
  }

  #unread(to: Pick<Envelope, 'method' | 'requestId'>, fault: string, isLong: boolean): void {
    this.#session.send(this.#deps.speech.reply(to, notDone(400, `请求有误：${fault}`)));
    this.#wronged(isLong);
  }

  #answered({ members, requestId }: Envelope): void {
    const { own } = this.#deps;
    // We asked for it ourselves, as often as the settings say.
    if (this.#beats.delete(requestId)) return;
    if (requestId === '' || requestId !== this.#login) {
      this.#idled();
      return;
    }
    this.#login = undefined;
    this.#cancelLogin();
    const code = members
      .find(({ name }) => name === own.fields.code)
      ?.json.replaceAll('"', '')
      .trim();
    if (code !== '0') {
      if (this.#ends.awaitsLogin) this.#session.cut(`登录被拒绝（${(code ?? '没有结果码').slice(0, 20)}）`);
      return;
    }
    this.#ends.accepted();
  }

  #wronged(isLong: boolean): void {
    this.#wrong += 1;
    if (isLong || this.#wrong >= this.#deps.own.wrongTries) this.#session.cut('连续多条请求读不懂或验签不过', true);
  }

  #idled(): void {
    const now = this.#deps.clock.monotonic();
    if (now - this.#idleSince >= MINUTE_MS) {
      this.#idleSince = now;
      this.#idle = 0;
    }
    this.#idle += 1;
    if (this.#idle > MOST_IDLE) this.#session.cut('无用的帧过多', true);
  }
}
