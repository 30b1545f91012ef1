import type { Cancel, Clock, Entropy } from '../../runtime/ports.ts';
import { growingPause } from '../contact.ts';
import type { DeviceLink } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { isJpeg, JpegEnd } from '../jpeg-end.ts';
import type { HttpCaller } from '../links.ts';
import { type FindEnd, MultipartReader, type Part } from '../multipart.ts';
import { PictureWait } from '../picture-wait.ts';
import { type HikEvent, parseEvent } from './messages.ts';

const CONNECT_MS = 10_000;
/** Heartbeats come every 5 s or so. */
const IDLE_MS = 30_000;

/** How the parts of the stream show their own end, where they have no length. */
export function endOf(headers: ReadonlyMap<string, string>): FindEnd | undefined {
  const type = headers.get('content-type')?.toLowerCase() ?? '';
  if (type.includes('jpeg') || type.includes('jpg')) {
    const end = new JpegEnd();
    return (body) => end.find(body);
  }
  if (!type.includes('xml')) return undefined;
  return (body) => {
    const found = /<\/(?:[\w.-]+:)?EventNotificationAlert\s*>/.exec(body.toString('latin1'));
    return found ? found.index + found[0].length : null;
  };
}

export interface AlertStreamDeps {
  readonly http: HttpCaller;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly link: DeviceLink;
  readonly url: string;
  /** Any event, its pictures with it; heartbeats too. */
  readonly event: (event: HikEvent, pictures: readonly Uint8Array[]) => void;
  /** It is up, or no longer: why. */
  readonly state: (up: boolean, why: string) => void;
}

/** Listens at the camera, and again after it broke. */
export class AlertStream {
  readonly #deps: AlertStreamDeps;
  #stop: (() => void) | null = null;
  #cancel: Cancel = () => undefined;
  #failures = 0;

  constructor(deps: AlertStreamDeps) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#stop) return;
    this.#open();
  }

  stop(): void {
    this.#cancel();
    const stop = this.#stop;
    this.#stop = null;
    stop?.();
  }

  #open(): void {
    const { http, clock, entropy, url, link, event, state } = this.#deps;
    const wait = new PictureWait<HikEvent>(clock, event);
    const reader = new MultipartReader({ part: (part) => this.#part(part, wait), endOf });
    let isUp = false;
    let isOver = false;
    const stop = http.stream(
      { url, connectMs: CONNECT_MS, idleMs: IDLE_MS },
      {
        head: (status) => {
          isUp = status === 200;
          link.exchanged('in', `${status} alertStream`, '');
          if (isUp) state(true, '');
        },
        data: (bytes) => {
          if (!isUp) return;
          reader.push(bytes);
          if (reader.isInside) wait.moving();
        },
        end: (why) => {
          isOver = true;
          wait.flush();
          link.exchanged('in', 'alertStream', why);
          if (isUp) this.#failures = 0;
          state(false, isUp ? why : `事件监听没有接通：${why}`);
          if (this.#stop === null) return;
          this.#failures += 1;
          this.#cancel = clock.after(growingPause(this.#failures, entropy), () => this.#open());
        },
      },
    );
    this.#stop = () => {
      if (!isOver) stop();
    };
    link.exchanged('out', 'GET alertStream', '');
  }

  #part({ headers, body }: Part, wait: PictureWait<HikEvent>): void {
    if (isJpeg(body)) {
      this.#deps.link.exchanged('in', 'alertStream image/jpeg', body);
      wait.picture(body);
      return;
    }
    const text = decodeText(body);
    const event = parseEvent(text);
    // Heartbeats would push everything else out of the trace.
    if (event?.type !== 'videoloss')
      this.#deps.link.exchanged('in', `alertStream ${headers.get('content-type') ?? ''}`, body);
    if (event) wait.begin(event, event.anpr ? event.anpr.parts : 0);
  }
}
