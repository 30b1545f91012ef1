import type { Cancel, Clock, Entropy } from '../runtime/ports.ts';
import { growingPause } from './contact.ts';
import type { DeviceLink } from './device.ts';
import { JpegEnd } from './jpeg-end.ts';
import type { HttpCaller } from './links.ts';
import { type MultipartOptions, MultipartReader, type Part } from './multipart.ts';

const CONNECT_MS = 10_000;
/** Devices send heartbeats every 5 s or so. */
const IDLE_MS = 30_000;

export interface MultipartStreamDeps {
  readonly http: HttpCaller;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly link: DeviceLink;
  /** What it is called in the trace. */
  readonly name: string;
  readonly url: () => string;
  readonly endOf: NonNullable<MultipartOptions['endOf']>;
  readonly part: (part: Part) => void;
  /** It is up; or it ended, or could not be opened: why, and with what status it was answered. */
  readonly state: (up: boolean, why: string, status: number | null) => void;
}

/** A picture without its length ends at its own end. */
export const endOfJpeg: NonNullable<MultipartOptions['endOf']> = (headers) => {
  if (!/jpe?g/i.test(headers.get('content-type') ?? '')) return undefined;
  const end = new JpegEnd();
  return (body) => end.find(body);
};

/** Listens to an endless answer of a device, and again after it broke, with growing pauses. */
export class MultipartStream {
  readonly #deps: MultipartStreamDeps;
  #stop: (() => void) | null = null;
  #cancel: Cancel = () => undefined;
  #failures = 0;

  constructor(deps: MultipartStreamDeps) {
    this.#deps = deps;
  }

  start(): void {
    if (!this.#stop) this.#open();
  }

  stop(): void {
    this.#cancel();
    const stop = this.#stop;
    this.#stop = null;
    stop?.();
  }

  #open(): void {
    const { http, url, link, name, part, endOf, state } = this.#deps;
    const reader = new MultipartReader({ part, endOf });
    let status: number | null = null;
    let isOver = false;
    link.exchanged('out', `GET ${name}`, '');
    const stop = http.stream(
      { url: url(), connectMs: CONNECT_MS, idleMs: IDLE_MS },
      {
        head: (told) => {
          status = told;
          link.exchanged('in', `${told} ${name}`, '');
          if (told === 200) state(true, '', told);
        },
        data: (bytes) => {
          if (status === 200) reader.push(bytes);
        },
        end: (why) => {
          isOver = true;
          link.exchanged('in', `${name} ended`, why);
          if (status === 200) this.#failures = 0;
          if (this.#stop) this.#again();
          state(false, status === null || status === 200 ? why : `应答 ${status}`, status);
        },
      },
    );
    this.#stop = () => {
      if (!isOver) stop();
    };
  }

  #again(): void {
    const { clock, entropy } = this.#deps;
    this.#failures += 1;
    this.#cancel = clock.after(growingPause(this.#failures, entropy), () => this.#open());
  }
}
