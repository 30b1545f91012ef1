import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Cancel, Entropy } from '../../runtime/ports.ts';
import { Conversation, type ConversationDeps } from './conversation.ts';
import { LineLog } from './line-log.ts';

/** A line of which the platform only needs to know whether it is there. */
export interface Line {
  readonly online: boolean;
  start(): void;
  stop(): void;
}

export interface LineDeps extends ConversationDeps {
  readonly entropy: Entropy;
  readonly ca: string | undefined;
  readonly connectMs: number;
  /** It is there, or it is not any more. */
  readonly changed: () => void;
  /** Somebody from an address that is not the city's. */
  readonly turnedAway: (remote: string) => void;
}

/** Later by up to so much of the pause, so that many car parks do not come back as one. */
const JITTER = 0.25;

/** The line that we keep: connects to the city, says who we are, and connects again after growing pauses whenever it is gone. */
export class ClientLine implements Line {
  readonly #deps: LineDeps;
  readonly #said: LineLog;
  #conversation: Conversation | undefined;
  #running = false;
  #online = false;
  #failures = 0;
  /** In a row that we ended ourselves for what was sent, with no request in between that was the city's. */
  #cutOffs = 0;
  #lastWhy = '';
  #cancel: Cancel = () => undefined;
  #socket: Socket | undefined;

  constructor(deps: LineDeps) {
    this.#deps = deps;
    this.#said = new LineLog(deps);
  }

  get online(): boolean {
    return this.#online;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#open();
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
    this.#conversation?.end('程序停止');
    this.#socket?.destroy();
  }

  #open(): void {
    const { own, clock, connectMs, ca } = this.#deps;
    const { host, port } = own;
    const socket = own.tls
      ? connectTls({
          host,
          port,
          ...(isIP(host) === 0 ? { servername: host } : {}),
          ...(ca === undefined ? {} : { ca }),
        })
      : connectTcp({ host, port });
    this.#socket = socket;
    let why = '对方断开';
    socket.on('error', (error: Error) => {
      why = error.message;
    });
    const cancel = clock.after(connectMs, () => {
      why = '连接超时';
      socket.destroy();
    });
    const failed = (): void => {
      cancel();
      this.#gone(why);
    };
    socket.once('close', failed);
    socket.once(own.tls ? 'secureConnect' : 'connect', () => {
      cancel();
      socket.off('close', failed);
      this.#met(socket);
    });
  }

  #met(socket: Socket): void {
    const { own } = this.#deps;
    const conversation: Conversation = new Conversation(this.#deps, {
      ...{ socket, remote: own.host, awaitsLogin: own.login },
      accepted: () => {
        conversation.trust();
        this.#up();
      },
      proved: () => {
        conversation.trust();
        this.#cutOffs = 0;
        if (!own.login) this.#failures = 0;
      },
      closed: (why, hostile) => {
        this.#conversation = undefined;
        if (hostile) this.#cutOffs += 1;
        this.#gone(why);
      },
    });
    this.#conversation = conversation;
    conversation.begin();
    if (!own.login) this.#set(true);
  }

  #up(): void {
    this.#failures = 0;
    this.#set(true);
  }

  #gone(why: string): void {
    const { own, clock, entropy } = this.#deps;
    this.#socket = undefined;
    if (!this.#running) {
      this.#online = false;
      return;
    }
    // The same trouble again and again is told once.
    if (this.#online || why !== this.#lastWhy) this.#said.gone(why);
    this.#lastWhy = why;
    const pauses = own.reconnectSeconds;
    const nth = Math.max(this.#failures, this.#cutOffs - 1);
    const pause = (pauses[Math.min(nth, pauses.length - 1)] ?? 60) * 1000;
    this.#failures += 1;
    this.#cancel = clock.after(pause * (1 + entropy.random() * JITTER), () => {
      if (this.#running) this.#open();
    });
    this.#set(false);
  }

  #set(online: boolean): void {
    if (online === this.#online) return;
    this.#online = online;
    if (online) {
      this.#lastWhy = '';
      this.#said.there();
    }
    this.#deps.changed();
  }
}
