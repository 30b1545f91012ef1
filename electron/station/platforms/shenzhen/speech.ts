import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../runtime/ports.ts';
import type { ShenzhenSettings } from './config.ts';
import type { ShenzhenReply } from './context.ts';
import { type Downlink, type Envelope, signatureOver } from './envelope.ts';
import { toEpoch } from './fields.ts';
import { membersOf } from './json-text.ts';

type Fields = Readonly<Record<string, unknown>>;

const NONCE_BYTES = 5;
const LONGEST_ID = 36;
const LONGEST_NAME = 40;

/** What we write onto the line: requests of our own, and answers. */
export class Speech {
  readonly #settings: ShenzhenSettings;
  readonly #own: Downlink;
  readonly #clock: Clock;

  constructor(settings: ShenzhenSettings, own: Downlink, clock: Clock) {
    this.#settings = settings;
    this.#own = own;
    this.#clock = clock;
  }

  /** Says who we are. */
  login(): { readonly requestId: string; readonly text: string } {
    const { accessKey, parkCode } = this.#settings;
    const noncestr = randomBytes(NONCE_BYTES).toString('hex');
    return this.#request('login', this.#signed({ accessKey, timestamp: this.#now(), parkCode, noncestr }));
  }

  heartbeat(): { readonly requestId: string; readonly text: string } {
    return this.#request('heartbeat', {});
  }

  /** The answer to a request; to what cannot be read, as far as it can. */
  reply(to: Pick<Envelope, 'method' | 'requestId'>, { code, msg, data }: ShenzhenReply): string {
    const { fields, signReplies } = this.#own;
    const answer = {
      [fields.type]: 'response',
      [fields.method]: to.method.slice(0, LONGEST_NAME),
      // Half an id would be that of another request.
      [fields.requestId]: to.requestId.length > LONGEST_ID ? '' : to.requestId,
      [fields.timestamp]: this.#now(),
      [fields.code]: code,
      [fields.msg]: msg,
      [fields.data]: data,
    };
    return JSON.stringify(signReplies ? this.#signed(answer) : answer);
  }

  #request(name: string, data: Fields): { readonly requestId: string; readonly text: string } {
    const { fields, methods, signHeader } = this.#own;
    const requestId = randomUUID();
    const request = {
      [fields.type]: 'request',
      [fields.method]: Object.entries(methods).find(([, ours]) => ours === name)?.[0] ?? name,
      [fields.requestId]: requestId,
      [fields.parkCode]: this.#settings.parkCode,
      [fields.data]: data,
    };
    return { requestId, text: JSON.stringify(signHeader ? this.#signed(request) : request) };
  }

  #now(): number {
    return toEpoch(this.#clock.now(), this.#settings);
  }

  #signed(fields: Fields): Fields {
    const signature = signatureOver(membersOf(JSON.stringify(fields)), this.#settings.accessSecret);
    const { signatureCase } = this.#settings.wire;
    return { ...fields, signature: signatureCase === 'upper' ? signature : signature.toLowerCase() };
  }
}
