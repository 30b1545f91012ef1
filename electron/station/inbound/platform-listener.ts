import { Server as TlsServer } from 'node:tls';
import type { ListenAt } from '../platforms/platform.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { errorText, PortTakenError } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import { agedTrouble, CertificateAlarm } from './certificate-alarm.ts';
import { createHttpServer, type FastifyInstance, listen, tlsOptions } from './http-server.ts';
import { type Found, findCertificate } from './listener-certificate.ts';

/** What cannot be opened is tried again this often. */
const TRY_AGAIN_MS = 30_000;
/** So often the files of a certificate are looked at, for one that was renewed. */
const LOOK_MS = 60_000;

type Usable = Extract<Found, { kind: 'usable' }>;

interface ListenerDeps {
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly log: Log;
  /** Puts onto a server what is served there. */
  readonly serve: (app: FastifyInstance) => void;
}

/**
 * The listener of one platform, with the limits of the shared one. With a certificate it speaks TLS or not at all: without one that
 * can be used it stays shut, and is never plain.
 */
export class OwnListener {
  readonly #id: string;
  readonly #at: ListenAt;
  readonly #deps: ListenerDeps;
  readonly #certificate: CertificateAlarm;
  #app: FastifyInstance | undefined;
  #later: Cancel | undefined;
  #busy: Promise<void> | undefined;
  #closed = false;

  constructor(id: string, at: ListenAt, deps: ListenerDeps) {
    this.#id = id;
    this.#at = at;
    this.#deps = deps;
    this.#certificate = new CertificateAlarm(id, at, deps.alarms);
  }

  /** Never rejects. */
  open(): Promise<void> {
    this.#busy = this.#open();
    return this.#busy;
  }

  async #open(): Promise<void> {
    const { clock, log, serve } = this.#deps;
    const { tls, host, port } = this.#at;
    const found = tls && (await findCertificate(tls, clock.now()));
    if (found?.kind === 'unusable') {
      this.#certificate.tell({ state: 'closed', reason: found.reason });
      log.warn('a platform cannot be heard', { platform: this.#id, error: found.reason });
      return this.#after(TRY_AGAIN_MS, () => this.#open());
    }
    if (found) this.#certificate.tell(agedTrouble(found.until, clock.now()));
    const app = createHttpServer(log, clock, { tls: found?.pair });
    serve(app);
    try {
      const url = await listen(app, host, port);
      this.#app = app;
      this.#deps.alarms.clear('platform-port-taken', this.#id);
      log.info('a platform is heard on a listener of its own', { platform: this.#id, url });
    } catch (error) {
      this.#tellTaken(error);
      await app.close();
      return this.#after(TRY_AGAIN_MS, () => this.#open());
    }
    if (found) this.#watch(found, '');
  }

  #tellTaken(error: unknown): void {
    const { host, port } = this.#at;
    const why = error instanceof PortTakenError ? '端口已被其他程序占用' : '无法监听该地址';
    this.#deps.alarms.raise({
      ...{ code: 'platform-port-taken', subject: this.#id, severity: 'alarm' },
      detail: `${host}:${port} ${why}，收不到平台下发的请求，持续重试中`,
      figures: { port, host },
    });
    this.#deps.log.warn('a platform cannot be heard', { platform: this.#id, error: errorText(error) });
  }

  /** @param doubted what could not be used a look ago */
  #watch(current: Usable, doubted: string): void {
    this.#after(LOOK_MS, () => this.#look(current, doubted));
  }

  async #look(current: Usable, doubted: string): Promise<void> {
    const { clock, log } = this.#deps;
    const { tls } = this.#at;
    if (!tls) return;
    const found = await findCertificate(tls, clock.now());
    if (this.#closed) return;
    // The same as ever, be it out of date by now: whoever was served is served on.
    if (found.digest === current.digest) {
      this.#certificate.tell(agedTrouble(current.until, clock.now()));
      return this.#watch(current, '');
    }
    if (found.kind === 'usable') {
      this.#take(found);
      this.#certificate.tell(agedTrouble(found.until, clock.now()));
      log.info('a renewed certificate is used from now on', { platform: this.#id });
      return this.#watch(found, '');
    }
    // A renewal writes two files: what does not fit together for a moment is looked at once more before anybody is told.
    const doubt = found.digest + found.reason;
    if (doubt === doubted) {
      this.#certificate.tell({ state: 'kept', reason: found.reason, until: current.until });
      log.warn('a renewed certificate cannot be used', { platform: this.#id, error: found.reason });
    }
    this.#watch(current, doubt);
  }

  #take({ pair }: Usable): void {
    const server = this.#app?.server;
    if (server instanceof TlsServer) server.setSecureContext(tlsOptions(pair));
  }

  #after(ms: number, task: () => Promise<void>): void {
    if (this.#closed) return;
    this.#later = this.#deps.clock.after(ms, () => {
      this.#busy = task().catch((error: unknown) =>
        this.#deps.log.error('the listener of a platform is not looked after any more', { error: errorText(error) }),
      );
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#later?.();
    await this.#busy;
    await this.#app?.close();
  }
}
