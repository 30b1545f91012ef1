import type { ServerResponse } from 'node:http';
import { reset } from '../http/response.ts';

/** Faults of the endless answer. */
export interface StreamFault {
  /** Of the next part so many bytes leave, then the connection is reset. */
  cutAt?: number;
  /** Parts leave in pieces of so many bytes. */
  pieces?: number;
  /** Nothing leaves any more, the connection stays. */
  silent?: boolean;
}

export const STREAM_BOUNDARY = 'boundary';

/** Those who listen to `alertStream`. */
export class AlertStream {
  /** How often somebody began to listen. */
  opened = 0;
  readonly fault: StreamFault = {};
  readonly #listening = new Set<ServerResponse>();
  readonly #timer: NodeJS.Timeout;

  constructor(heartbeatMs: number, heartbeat: () => Buffer) {
    this.#timer = setInterval(() => this.send(heartbeat()), heartbeatMs);
    this.#timer.unref();
  }

  get listeners(): number {
    return this.#listening.size;
  }

  join(response: ServerResponse): void {
    this.opened += 1;
    this.#listening.add(response);
    response.once('close', () => this.#listening.delete(response));
    response.on('error', () => undefined);
    response.writeHead(200, { 'content-type': `multipart/mixed; boundary=${STREAM_BOUNDARY}` });
    response.flushHeaders();
  }

  send(parts: Buffer): void {
    if (this.fault.silent === true) return;
    const { cutAt, pieces = parts.length } = this.fault;
    delete this.fault.cutAt;
    for (const response of this.#listening) {
      if (cutAt !== undefined) response.write(parts.subarray(0, cutAt), () => reset(response));
      else for (let at = 0; at < parts.length; at += pieces) response.write(parts.subarray(at, at + pieces));
    }
  }

  end(): void {
    clearInterval(this.#timer);
    for (const response of this.#listening) reset(response);
  }
}
