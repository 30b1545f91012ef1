import type { Clock, Entropy } from '../../runtime/ports.ts';
import type { ShenzhenSettings } from './config.ts';
import type { ShenzhenReply } from './context.ts';
import { type Downlink, type Envelope, signatureOver } from './envelope.ts';
import { toEpoch } from './fields.ts';
import { membersOf } from './json-text.ts';

interface Chances {
  readonly clock: Clock;
  readonly entropy: Entropy;
}

type Fields = Readonly<Record<string, unknown>>;

const NONCE_DIGITS = 10;
const ID_DIGITS = 32;
const NTH_DIGITS = 8;
const LONGEST_ID = 36;
const LONGEST_NAME = 40;

/** What we write onto the line: requests of our own, and answers. */
export class Speech {
  readonly #settings: ShenzhenSettings;
  readonly #own: Downlink;
  readonly #clock: Clock;
  readonly #entropy: Entropy;
  #nth = 0;

  constructor(settings: ShenzhenSettings, own: Downlink, { clock, entropy }: Chances) {
    this.#settings = settings;
    this.#own = own;
    this.#clock = clock;
    this.#entropy = entropy;
  }

  /** Says who we are. */
  login(): { readonly requestId: string; readonly text: string } {
    const { accessKey, parkCode } = this.#settings;
    const noncestr = this.#digits(NONCE_DIGITS);
    return this.#request('login', this.#signed({ accessKey, timestamp: this.#now(), parkCode, noncestr }));
  }

  heartbeat(): { readonly requestId: string; readonly text: string } {
    return this.#request('heartbeat', {});
  }

  /** The answer to a request; to what cannot be read, as far as it can. */
  reply(to: Pick<Envelope, 'method' | 'requestId'>, { code, msg, data }: ShenzhenReply): string {
    const { fields, signReplies } = this.#own;
    const answer = {
      [fields.type]: fields.response,
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
    // Neither is a secret: the number only tells our own requests apart.
    this.#nth += 1;
    const requestId = `${this.#digits(ID_DIGITS - NTH_DIGITS)}${hex(this.#nth % 16 ** NTH_DIGITS, NTH_DIGITS)}`;
    const request = {
      [fields.type]: fields.request,
      [fields.method]: Object.entries(methods).find(([, ours]) => ours === name)?.[0] ?? name,
      [fields.requestId]: requestId,
      [fields.parkCode]: this.#settings.parkCode,
      [fields.data]: data,
    };
    return { requestId, text: JSON.stringify(signHeader ? this.#signed(request) : request) };
  }

  #digits(count: number): string {
    return Array.from({ length: count }, () => hex(Math.floor(this.#entropy.random() * 16), 1)).join('');
  }

  #now(): number {
    return toEpoch(this.#clock.now(), this.#settings);
  }

  #signed(fields: Fields): Fields {
    const signature = signatureOver(membersOf(JSON.stringify(fields)), this.#settings);
    const { signatureCase, signatureField } = this.#settings.wire;
    return { ...fields, [signatureField]: signatureCase === 'upper' ? signature : signature.toLowerCase() };
  }
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
