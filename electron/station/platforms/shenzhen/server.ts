import { readFileSync } from 'node:fs';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { ConfigError, errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { isOneOf } from '../allow-list.ts';
import { Conversation } from './conversation.ts';
import type { Downlink } from './envelope.ts';
import type { Line, LineDeps } from './line.ts';
import { LineLog } from './line-log.ts';

/** Connections that have proved nothing yet; whoever comes beyond them takes the place of the one that came first. */
const MOST_STRANGERS = 8;
const LISTEN_AGAIN_MS = 5000;

/**
 * The line that the city makes: we listen, and take connections from its addresses only. Each request proves itself by its signature; the
 * connection that did so last is the line, and the one before it is closed.
 */
export class ServerLine implements Line {
  readonly #deps: LineDeps;
  readonly #said: LineLog;
  readonly #isAllowed: (remote: string) => boolean;
  readonly #server: Server;
  readonly #strangers = new Map<Conversation, Cancel>();
  #city: Conversation | undefined;
  #running = false;
  #listenedTo = true;
  #cancel: Cancel = () => undefined;

  /** @throws ConfigError for a certificate file that cannot be read */
  constructor(deps: LineDeps) {
    const { own, connectMs } = deps;
    this.#deps = deps;
    this.#said = new LineLog(deps);
    this.#isAllowed = isOneOf(own.allow);
    const files = own.tls ? filesOf(own) : undefined;
    // Before the handshake: who may not come learns nothing, not even our certificate.
    const turnAway = (socket: Socket): boolean => {
      if (this.#isAllowed(socket.remoteAddress ?? '')) return false;
      deps.turnedAway(socket.remoteAddress ?? '');
      socket.destroy();
      return true;
    };
    if (files === undefined) {
      this.#server = createTcp((socket) => {
        if (!turnAway(socket)) this.#came(socket);
      });
    } else {
      const server = createTls({ ...files, handshakeTimeout: connectMs }, (socket) => this.#came(socket));
      server.on('connection', turnAway);
      server.on('tlsClientError', (_error, socket) => socket.destroy());
      this.#server = server;
    }
    this.#server.maxConnections = MOST_STRANGERS * 4;
    this.#server.on('error', (error) => this.#cannotListen(error));
  }

  get online(): boolean {
    return this.#city !== undefined;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#listen();
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
    this.#server.close();
    for (const stranger of [...this.#strangers.keys()]) stranger.end('程序停止');
    this.#city?.end('程序停止');
  }

  #listen(): void {
    const { host, port } = this.#deps.own;
    this.#server.listen({ host, port }, () => {
      this.#listenedTo = true;
    });
  }

  #cannotListen(error: Error): void {
    const { log, clock } = this.#deps;
    if (this.#listenedTo) log.error('cannot listen for the city', { error: errorText(error) });
    this.#listenedTo = false;
    this.#cancel = clock.after(LISTEN_AGAIN_MS, () => {
      if (this.#running) this.#listen();
    });
  }

  #came(socket: Socket): void {
    const { own, clock } = this.#deps;
    const remote = socket.remoteAddress ?? '';
    socket.on('error', () => undefined);
    const conversation: Conversation = new Conversation(this.#deps, {
      ...{ socket, remote, awaitsLogin: false },
      // Whoever answers our login has proved nothing by that.
      accepted: () => undefined,
      proved: () => this.#proved(conversation, remote),
      closed: (why) => {
        this.#strangers.get(conversation)?.();
        this.#strangers.delete(conversation);
        if (this.#city !== conversation) return;
        this.#city = undefined;
        if (this.#running) this.#said.gone(why);
        this.#deps.changed();
      },
    });
    const cutOff = clock.after(own.proveMs, () => conversation.end('没有证明身份'));
    this.#strangers.set(conversation, cutOff);
    const [first] = this.#strangers.keys();
    if (this.#strangers.size > MOST_STRANGERS) first?.end('未证明身份的连接过多');
    conversation.begin();
  }

  #proved(conversation: Conversation, remote: string): void {
    if (this.#city === conversation) return;
    this.#strangers.get(conversation)?.();
    this.#strangers.delete(conversation);
    const before = this.#city;
    this.#city = conversation;
    conversation.trust();
    before?.end('云平台建立了新连接');
    this.#said.there({ remote });
    this.#deps.changed();
  }
}

function filesOf({ certificate }: Downlink): { readonly cert: Buffer; readonly key: Buffer } {
  try {
    return { cert: readFileSync(certificate?.certFile ?? ''), key: readFileSync(certificate?.keyFile ?? '') };
  } catch (error) {
    throw new ConfigError([`platforms.shenzhen.downlink.certificate: ${errorText(error)}`]);
  }
}
