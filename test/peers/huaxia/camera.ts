import { request } from 'node:http';
import { pause } from '../timers.ts';

export interface HuaxiaOptions {
  /** Where everything is posted. */
  readonly url: string;
  readonly camId?: string;
  readonly camIp?: string;
  readonly parkId?: string;
  /** Fields in the address instead of a form. */
  readonly method?: 'POST' | 'GET';
  readonly timeoutMs?: number;
  readonly resends?: number;
  readonly resendPauseMs?: number;
}

/** What a test may say of one read. */
export interface HuaxiaRead {
  readonly plate: string;
  /** The plate's bytes where the firmware speaks GBK: they take the place of UTF-8. */
  readonly plateBytes?: Buffer;
  readonly plateColor?: string;
  readonly carColor?: string;
  readonly vehicleType?: string;
  /** By the camera's clock, epoch ms. */
  readonly capturedAt?: number;
  readonly picture?: Buffer;
  readonly closeup?: Buffer;
  readonly offline?: boolean;
}

/** One request and what came back. */
export interface HuaxiaPush {
  readonly form: string;
  /** Null when there was no whole answer. */
  readonly status: number | null;
  readonly body: string;
  /** The camera took it for an answer. */
  readonly accepted: boolean;
}

/** Base64 whose signs need no percent: + / = become - _ . */
export const pictureText = (bytes: Buffer | undefined): string =>
  (bytes?.toString('base64') ?? '').replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '.');

const percentBytes = (bytes: Buffer): string =>
  [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** As UTF-8, or as the bytes that are given. */
function percent(text: string, bytes?: Buffer): string {
  return bytes ? percentBytes(bytes) : encodeURIComponent(text);
}

/** A 华夏智信 camera: an HTTP client that tells plates as forms. How an answer opens anything is in no source: it obeys nothing. */
export class HuaxiaCamera {
  readonly pushes: HuaxiaPush[] = [];
  /** What was wrong with answers, as a strict firmware sees it. */
  readonly complaints: string[] = [];
  readonly #options: HuaxiaOptions;
  readonly #stop = new AbortController();
  /** The answer to the next so many requests is not heard. */
  deaf = 0;
  #beat: NodeJS.Timeout | undefined;

  constructor(options: HuaxiaOptions) {
    this.#options = options;
  }

  /** Sees a plate and tells it. Resolves when it was answered, or given up. */
  see(read: HuaxiaRead): Promise<HuaxiaPush | undefined> {
    return this.send(this.form(read));
  }

  /** What stands in the form of a read, in the order of the document. */
  form(read: HuaxiaRead): string {
    const { parkId = 'P1', camId = '44-19-b6-00-00-02', camIp = '192.168.1.101' } = this.#options;
    const fields: readonly (readonly [string, string | undefined])[] = [
      ['type', read.offline === true ? 'offline' : 'online'],
      ['plate_num', percent(read.plate, read.plateBytes)],
      ['plate_color', percent(read.plateColor ?? '蓝')],
      ['car_color', read.carColor && percent(read.carColor)],
      ['vehicle_type', read.vehicleType && percent(read.vehicleType)],
      ['start_time', String(Math.floor((read.capturedAt ?? Date.now()) / 1000))],
      ['park_id', parkId],
      ['cam_id', camId],
      ['cam_ip', camIp],
      ['picture', pictureText(read.picture)],
      ['closeup_pic', pictureText(read.closeup)],
    ];
    return fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])).join('&');
  }

  /** Sends a form as it is, e.g. one of before once more. */
  async send(form: string): Promise<HuaxiaPush | undefined> {
    const { resends = 0, resendPauseMs = 10 } = this.#options;
    for (let turn = 0; turn <= resends && !this.#stop.signal.aborted; turn += 1) {
      if (turn > 0) await pause(resendPauseMs);
      const push = await this.#once(form);
      this.pushes.push(push);
      if (push.accepted) return push;
    }
    return this.pushes.at(-1);
  }

  heartbeat(): Promise<HuaxiaPush | undefined> {
    const { parkId = 'P1', camId = '44-19-b6-00-00-02', camIp = '192.168.1.101' } = this.#options;
    return this.send(`type=heartbeat&park_id=${parkId}&cam_id=${camId}&cam_ip=${camIp}`);
  }

  startHeartbeat(everyMs: number): void {
    this.#beat = setInterval(() => {
      this.heartbeat().catch(() => undefined);
    }, everyMs);
    this.#beat.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    this.#stop.abort();
  }

  #once(form: string): Promise<HuaxiaPush> {
    const { url, method = 'POST', timeoutMs = 5_000 } = this.#options;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(timeoutMs)]);
    const target = method === 'GET' ? `${url}?${form}` : url;
    const deaf = this.deaf > 0;
    if (deaf) this.deaf -= 1;
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(form) };
    return new Promise((resolve) => {
      const nothing = (): void => resolve({ form, status: null, body: '', accepted: false });
      const sending = request(target, { method, agent: false, signal, ...(method === 'POST' && { headers: type }) });
      sending.on('error', nothing);
      sending.on('response', (response) => {
        if (deaf) {
          sending.destroy();
          nothing();
          return;
        }
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', nothing);
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode ?? 0;
          resolve({ form, status, body, accepted: this.#judge(status, response.headers, body) });
        });
      });
      sending.end(method === 'POST' ? form : undefined);
    });
  }

  /** A plain parser sits in it: a length, no chunks, no compression, no spaces in the JSON. */
  #judge(status: number, headers: Readonly<Record<string, unknown>>, body: string): boolean {
    const faults = [
      ...(status === 200 ? [] : [`status ${status}`]),
      ...(headers['content-length'] === undefined ? ['no Content-Length'] : []),
      ...(headers['transfer-encoding'] === undefined ? [] : ['chunked']),
      ...(headers['content-encoding'] === undefined ? [] : ['compressed']),
      ...(/^\{"error_num":0,"error_str":"[^"]*"/.test(body) ? [] : [`answer ${body.slice(0, 60)}`]),
    ];
    this.complaints.push(...faults);
    return faults.length === 0;
  }
}
