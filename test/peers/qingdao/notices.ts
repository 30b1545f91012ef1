import { randomBytes } from 'node:crypto';
import { type QingdaoKeys, sealText, sealTextWithPrivateKey, signText } from './crypto.ts';
import type { Dialect } from './dialect.ts';
import type { WireObject } from './lossless-json.ts';
import { wallClock } from './wall-clock.ts';

export interface PublishOptions {
  /** Any 64-bit number, written digit by digit; the next of a counter otherwise. */
  readonly requestId?: string | bigint | number;
  /** `yyyy-MM-dd HH:mm:ss`; an earlier one than the last makes the notice stale. Now otherwise. */
  readonly timestamp?: string;
  /** Added to now when there is no `timestamp`: negative is stale, positive lies in the future. */
  readonly shiftMs?: number;
  /** A well-formed signature of something else. */
  readonly badSign?: boolean;
  /** `/qdpark/…` instead of `qdpark/…`. */
  readonly leadingSlash?: boolean;
  /** The topic names of chapter 二, with its leading slash (D09). */
  readonly legacy?: boolean;
  /** To node n of the operator: `{accessID}_n` in the topic (D07). */
  readonly node?: number;
  /** To another car park of the operator: in the topic, and in the body where it has one. */
  readonly parkingCode?: string;
  /** The whole topic, for topics that nobody knows. */
  readonly topic?: string;
  /** `platformPrivate`: the way of sibling platforms (D05 fallback). As the dialect says otherwise. */
  readonly seal?: 'mirrored' | 'platformPrivate';
  /** Sent instead of the cipher, signed properly. */
  readonly cipher?: string;
  /** Two blocks of noise instead of the cipher, signed properly. */
  readonly garbage?: boolean;
  /** `{"data":{…}}` instead of the flat body (D54). */
  readonly wrapped?: boolean;
  /** `requestID` and the like (D12). */
  readonly requestIdKey?: string;
  /** The whole payload as text, be it JSON or not. */
  readonly payload?: string;
}

/** A message that went out. `payload` is the envelope as it was on the wire. */
export interface Notice {
  readonly requestId: string;
  readonly interface: string;
  readonly topic: string;
  readonly payload: string;
  readonly body: WireObject;
  readonly publishedAt: number;
  /** Whether this car park must confirm it, must not, or may: nothing is said of unknown topics. */
  readonly confirmation: 'must' | 'may' | 'must-not';
  /** When it left for the broker, each time; empty while it is held back or lost. */
  readonly departures: readonly number[];
}

/** A {@link Notice} as long as it is being written. */
export interface Draft extends Omit<Notice, 'departures'> {
  readonly departures: number[];
}

const LEGACY: Readonly<Record<string, string>> = {
  fee: 'calfee',
  departurePayInfo: 'nosenseinfo',
  payResult: 'noticepay',
};

interface Sender {
  readonly keys: QingdaoKeys;
  readonly accessId: string;
  readonly parkingCode: string;
  readonly dialect: Dialect;
  readonly now: number;
}

function topicOf(name: string, options: PublishOptions, sender: Sender): string {
  if (options.topic !== undefined) return options.topic;
  const slash = options.leadingSlash || options.legacy ? '/' : '';
  const node = options.node === undefined ? '' : `_${options.node}`;
  const called = options.legacy ? (LEGACY[name] ?? name) : name;
  return `${slash}qdpark/v1/${called}/${sender.accessId}${node}/${options.parkingCode ?? sender.parkingCode}`;
}

function confirmationOf(options: PublishOptions, sender: Sender): Notice['confirmation'] {
  const { badSign, garbage, cipher, payload, parkingCode = sender.parkingCode } = options;
  if (badSign || garbage || cipher !== undefined || payload !== undefined || parkingCode !== sender.parkingCode)
    return 'must-not';
  return options.topic === undefined ? 'must' : 'may';
}

function cipherOf(plain: string, options: PublishOptions, { keys, dialect }: Sender): string {
  if (options.cipher !== undefined) return options.cipher;
  if (options.garbage) return randomBytes(256).toString(dialect.encoding);
  return (options.seal ?? dialect.downlinkKey) === 'platformPrivate'
    ? sealTextWithPrivateKey(plain, keys.platformPrivateKey, dialect)
    : sealText(plain, keys.userPublicKey, dialect);
}

/** Seals and signs a notice, or what the options make of it. Nothing is sent yet. */
export function compose(
  name: string,
  body: Readonly<Record<string, string | number>>,
  requestId: string,
  options: PublishOptions,
  sender: Sender,
): Draft {
  const plain = JSON.stringify(options.wrapped ? { data: body } : body);
  const cipher = cipherOf(plain, options, sender);
  const sign = signText(options.badSign ? other(cipher) : cipher, sender.keys.platformPrivateKey, sender.dialect);
  const timestamp = options.timestamp ?? wallClock(sender.now + (options.shiftMs ?? 0));
  const key = options.requestIdKey ?? 'requestId';
  return {
    requestId,
    interface: name,
    topic: topicOf(name, options, sender),
    // By hand: a JS number would round the digits of a 64-bit requestId.
    payload:
      options.payload ?? `{"${key}":${requestId},"timestamp":"${timestamp}","cipher":"${cipher}","sign":"${sign}"}`,
    body,
    publishedAt: sender.now,
    confirmation: confirmationOf(options, sender),
    departures: [],
  };
}

/** Another cipher text of the same length and alphabet. */
const other = (cipher: string): string => `${cipher.startsWith('A') ? 'B' : 'A'}${cipher.slice(1)}`;
