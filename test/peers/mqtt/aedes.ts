import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes, type Client } from 'aedes';
import { listen, OpenSockets, shut } from '../sockets.ts';
import type { ConnectedClient, TestBroker, Users } from './broker.ts';

export interface AedesOptions {
  /** Without it everybody may log in. */
  readonly users?: Users;
  readonly port?: number;
  /** PEM: speaks TLS alone. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** One attempt to log in. The password is kept for assertions: it is a test's own. */
export interface LoginAttempt {
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly accepted: boolean;
}

/** Aedes inside the test's process: instant, and open to inspection. */
export class AedesBroker implements TestBroker {
  readonly logins: LoginAttempt[] = [];
  /** Filters in the order in which they were subscribed. */
  readonly subscriptions: { readonly clientId: string; readonly topic: string; readonly qos: number }[] = [];
  readonly #broker: Aedes;
  readonly #users: Users | undefined;
  readonly #tls: AedesOptions['tls'];
  /** By connection, not by id: a client that takes over its own id is a new one before the old one is gone. */
  readonly #connected = new Map<Client, ConnectedClient>();
  readonly #sockets = new OpenSockets();
  #server: Server | undefined;
  #port: number;

  constructor(broker: Aedes, options: AedesOptions) {
    this.#broker = broker;
    this.#users = options.users;
    this.#tls = options.tls;
    this.#port = options.port ?? 0;
    broker.authenticate = (client, username, password, done) => {
      const given = password?.toString('utf8');
      const accepted = this.#users === undefined || (username !== undefined && this.#users[username] === given);
      this.logins.push({ clientId: client.id, username, password: given, accepted });
      if (accepted) this.#connected.set(client, { clientId: client.id, username });
      done(accepted ? null : Object.assign(new Error('bad user name or password'), { returnCode: 4 }), accepted);
    };
    broker.on('clientDisconnect', (client) => this.#connected.delete(client));
    broker.on('subscribe', (list, client) => {
      for (const { topic, qos } of list) this.subscriptions.push({ clientId: client.id, topic, qos });
    });
    broker.on('clientError', () => undefined);
    broker.on('connectionError', () => undefined);
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `${this.#tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${this.#port}`;
  }

  clients(): readonly ConnectedClient[] {
    return [...this.#connected.values()];
  }

  /** Takes the listener away and cuts the clients; sessions and queued messages stay. */
  async pause(): Promise<void> {
    if (this.#server) await shut(this.#server, this.#sockets);
  }

  /** Listens (again) on the same port. */
  async resume(): Promise<void> {
    const accept = (socket: Socket): void => {
      this.#sockets.add(socket);
      this.#broker.handle(socket);
    };
    const server = this.#tls ? createTlsServer(this.#tls, accept) : createServer(accept);
    this.#port = await listen(server, this.#port);
    this.#server = server;
  }

  async stop(): Promise<void> {
    await this.pause();
    await new Promise<void>((resolve) => this.#broker.close(resolve));
  }
}

export async function startAedes(options: AedesOptions = {}): Promise<AedesBroker> {
  const broker = new AedesBroker(await Aedes.createBroker(), options);
  await broker.resume();
  return broker;
}
