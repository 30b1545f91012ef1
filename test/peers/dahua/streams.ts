import type { ServerResponse } from 'node:http';
import { reset } from '../http/response.ts';
import { heartbeatPart } from './event.ts';

export type StreamKind = 'snap' | 'events';

/** Faults of the endless answers. */
export interface DahuaStreamFault {
  /** Of the next event so many bytes leave, then the connection is reset. */
  cutAt?: number;
  /** Events leave in pieces of so many bytes. */
  pieces?: number;
  /** No heartbeats. */
  mute?: boolean;
}

interface Listener {
  readonly kind: StreamKind;
  /** Codes of the events that it wants. */
  readonly codes: readonly string[];
  readonly response: ServerResponse;
  readonly timer: NodeJS.Timeout;
}

/** Those who listen to `snapManager` or `eventManager`. */
export class Streams {
  /** How often somebody began to listen. */
  opened = 0;
  readonly fault: DahuaStreamFault = {};
  readonly #listening = new Set<Listener>();

  listeners(kind?: StreamKind): number {
    return [...this.#listening].filter((one) => kind === undefined || one.kind === kind).length;
  }

  join(kind: StreamKind, codes: readonly string[], response: ServerResponse, heartbeatMs: number): void {
    this.opened += 1;
    const timer = setInterval(() => {
      if (this.fault.mute !== true) response.write(heartbeatPart());
    }, heartbeatMs);
    timer.unref();
    const listener = { kind, codes, response, timer };
    this.#listening.add(listener);
    response.on('error', () => undefined);
    response.once('close', () => {
      clearInterval(timer);
      this.#listening.delete(listener);
    });
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=myboundary' });
    response.flushHeaders();
  }

  /** To those who asked for events of this code. */
  send(kind: StreamKind, code: string, parts: Buffer): void {
    const { cutAt, pieces = parts.length } = this.fault;
    const wanted = [...this.#listening].filter((one) => one.kind === kind && one.codes.includes(code));
    if (wanted.length > 0) delete this.fault.cutAt;
    for (const { response } of wanted) {
      if (cutAt !== undefined) response.write(parts.subarray(0, cutAt), () => reset(response));
      else for (let at = 0; at < parts.length; at += pieces) response.write(parts.subarray(at, at + pieces));
    }
  }

  end(): void {
    for (const { response, timer } of this.#listening) {
      clearInterval(timer);
      reset(response);
    }
  }
}
