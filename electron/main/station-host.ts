import type { MessagePortMain, UtilityProcess } from 'electron';
import { utilityProcess } from 'electron';
import { restartDelayMs } from './backoff.ts';
import type { PortTaker } from './ipc/port-broker.ts';
import { fromStationSchema, REFUSED_EXIT_CODE, type StationOptions, type ToStation } from './protocol.ts';

export interface StationHostOptions {
  /** The bundled entry of the station's process. */
  readonly entry: string;
  readonly options: StationOptions;
  /** It cannot run until a person acts. */
  readonly onRefused: (text: string) => void;
  readonly onReady?: (url: string) => void;
}

/** A process that lived this long was well: the next crash counts as the first again. */
const WELL_AFTER_MS = 60_000;
/** A station that does not stop by itself in this time is ended. What it acknowledged is on disk. */
const STOP_WITHIN_MS = 10_000;

/** When the reason itself got lost on the way out of the process. */
const REFUSED_UNHEARD =
  '工作站不能运行，原因在数据目录的 logs/station.log 里。请联系安装人员。\n\nsee logs/station.log';

type State = 'starting' | 'ready' | 'waiting' | 'refused' | 'stopping' | 'stopped';

/**
 * Keeps the station running in a process of its own and starts it again when it dies. Windows hold a port to it; when the
 * process dies their ports close, and they ask for new ones.
 */
export class StationHost implements PortTaker {
  readonly #given: StationHostOptions;
  #state: State = 'stopped';
  #process: UtilityProcess | undefined;
  /** Connections asked for before the station was ready. */
  #waiting: MessagePortMain[] = [];
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StationHostOptions) {
    this.#given = options;
  }

  get state(): State {
    return this.#state;
  }

  start(): void {
    this.#state = 'starting';
    const startedAt = performance.now();
    const child = utilityProcess.fork(this.#given.entry, [], { serviceName: 'Gatehouse station', stdio: 'inherit' });
    this.#process = child;
    child.on('message', (message: unknown) => this.#heard(message));
    // A fatal error of the engine arrives here before the exit; unheard it would take the shell down as well.
    child.on('error', () => undefined);
    child.once('exit', (code) => this.#ended(code, performance.now() - startedAt));
    this.#tell({ kind: 'start', options: this.#given.options });
  }

  connect(port: MessagePortMain): void {
    if (this.#state === 'ready') this.#tell({ kind: 'connect' }, [port]);
    else if (this.#state === 'starting' || this.#state === 'waiting') this.#waiting.push(port);
    else port.close();
  }

  /** A practice station dies with the process: a connection to it that comes too early has nowhere to wait for. */
  practise(port: MessagePortMain): void {
    if (this.#state === 'ready') this.#tell({ kind: 'practise' }, [port]);
    else port.close();
  }

  /** Resolves once the process is gone. Asking twice is harmless. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closeWaiting();
    const child = this.#process;
    if (!child) {
      this.#state = 'stopped';
      return;
    }
    this.#state = 'stopping';
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => child.kill(), STOP_WITHIN_MS);
    child.once('exit', () => resolve());
    this.#tell({ kind: 'stop' });
    await promise;
    clearTimeout(timer);
  }

  #tell(message: ToStation, ports: MessagePortMain[] = []): void {
    this.#process?.postMessage(message, ports);
  }

  #heard(raw: unknown): void {
    const message = fromStationSchema.parse(raw);
    if (this.#state !== 'starting') return;
    if (message.kind === 'refused') {
      this.#refuse(message.text);
      return;
    }
    this.#state = 'ready';
    for (const port of this.#waiting.splice(0)) this.#tell({ kind: 'connect' }, [port]);
    this.#given.onReady?.(message.url);
  }

  #ended(code: number, livedMs: number): void {
    this.#process = undefined;
    if (this.#state === 'starting' && code === REFUSED_EXIT_CODE) this.#refuse(REFUSED_UNHEARD);
    if (this.#state === 'refused') return;
    if (this.#state === 'stopping') {
      this.#state = 'stopped';
      return;
    }
    this.#state = 'waiting';
    this.#attempt = livedMs >= WELL_AFTER_MS ? 1 : this.#attempt + 1;
    this.#timer = setTimeout(() => this.start(), restartDelayMs(this.#attempt));
  }

  #refuse(text: string): void {
    this.#state = 'refused';
    this.#closeWaiting();
    this.#given.onRefused(text);
  }

  #closeWaiting(): void {
    for (const port of this.#waiting.splice(0)) port.close();
  }
}
