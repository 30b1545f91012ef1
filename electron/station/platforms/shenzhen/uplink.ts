import type { Clock } from '../../runtime/ports.ts';
import { HttpClient, type HttpMethod } from '../http-client.ts';
import type { Trace } from '../outbound.ts';
import { type Answer, readAnswer } from './answer.ts';
import type { ShenzhenSettings } from './config.ts';
import type { UpName } from './config-wire.ts';
import type { ShenzhenWire } from './context.ts';
import { toEpoch } from './fields.ts';
import { signatureOf, textOf } from './signature.ts';

export interface Exchange {
  readonly answer: Answer;
  readonly trace: Trace;
}

/** 6.3.2: over all fields except image. Everywhere else a picture is signed, unless the city knows better. */
const unsignedOf = (name: UpName, { wire }: Pick<ShenzhenSettings, 'wire'>): readonly string[] =>
  name === 'berthInfo' || (name === 'park' && !wire.parkImageSigned) ? ['image'] : [];
const MOST_BYTES = 10_000_000;
const FORM = 'application/x-www-form-urlencoded;charset=utf-8';
const JSON_TYPE = 'application/json;charset=utf-8';

/** Messages to the city (7.2): signed at the moment of sending. */
export class Uplink {
  readonly #settings: ShenzhenSettings;
  readonly #clock: Clock;
  readonly #client: HttpClient;

  constructor(settings: ShenzhenSettings, clock: Clock, ca: string | undefined) {
    this.#settings = settings;
    this.#clock = clock;
    const { baseUrl, timeouts, concurrency } = settings;
    this.#client = new HttpClient({
      ...{ baseUrl, clock, timeouts, connections: concurrency + 2 },
      ...(ca === undefined ? {} : { ca }),
    });
  }

  /** Never rejects. Sent once. Only an envelope carries more than the first. */
  async send(
    name: UpName,
    wire: ShenzhenWire,
    signal: AbortSignal,
    more: readonly ShenzhenWire[] = [],
  ): Promise<Exchange> {
    const { method, path } = this.#placeOf(name);
    const signed = this.#signed(name, wire);
    const all = [signed, ...more.map((each) => this.#signed(name, each))];
    const { body, type } = this.#written(all, signed);
    const inQuery = method === 'GET' || method === 'DELETE';
    const request = `${method} ${this.#client.pathOf(path)}`;
    const plain = all.map((each) => JSON.stringify({ ...each, [this.#field]: undefined })).join('\n');
    if (Buffer.byteLength(body) > MOST_BYTES)
      return {
        answer: { kind: 'failed', reason: '超过 10 MB，没有发送', maybeArrived: false },
        trace: { request, plain, answer: null },
      };
    const result = await this.#client.post(
      {
        method,
        path: inQuery ? `${path}?${formOf(signed)}` : path,
        headers: { accept: 'application/json', ...(inQuery ? {} : { 'content-type': type }) },
        ...(inQuery ? {} : { body }),
      },
      signal,
    );
    return {
      answer: readAnswer(result),
      trace: {
        request,
        plain,
        answer: result.kind === 'answered' ? { status: `HTTP ${result.status}`, text: result.text } : null,
      },
    };
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #placeOf(name: UpName): { readonly method: HttpMethod; readonly path: string } {
    const { path, interfaces } = this.#settings.wire;
    const own = interfaces.find((each) => each.name === name);
    return { method: own?.method ?? 'POST', path: own?.path ?? `${path}/${name}` };
  }

  #signed(name: UpName, wire: ShenzhenWire): ShenzhenWire {
    const fields = { ...wire, accessKey: this.#settings.accessKey };
    return { ...fields, [this.#field]: this.#sign(fields, unsignedOf(name, this.#settings)) };
  }

  get #field(): string {
    return this.#settings.wire.signatureField;
  }

  #sign(fields: ShenzhenWire, unsigned?: readonly string[]): string {
    const signature = signatureOf(fields, this.#settings.accessSecret, unsigned);
    return this.#settings.wire.signatureCase === 'upper' ? signature : signature.toLowerCase();
  }

  #written(all: readonly ShenzhenWire[], signed: ShenzhenWire): { readonly body: string; readonly type: string } {
    switch (this.#settings.wire.body) {
      case 'form':
        return { body: formOf(signed), type: FORM };
      case 'json':
        return { body: JSON.stringify(signed), type: JSON_TYPE };
      case 'envelope': {
        const outer = { timestamp: toEpoch(this.#clock.now(), this.#settings), data: all };
        // The signature stands between the two; it covers both.
        const { timestamp, data } = outer;
        return { body: JSON.stringify({ timestamp, sign: this.#sign(outer), data }), type: JSON_TYPE };
      }
    }
  }
}

/** `key=value` with everything escaped that 7.2 names; a blank as %20. */
const formOf = (fields: ShenzhenWire): string =>
  Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(textOf(value))}`]))
    .join('&');
