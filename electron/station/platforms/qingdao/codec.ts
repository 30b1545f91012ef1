import { parseLossless, stringifyLossless } from '../lossless-json.ts';
import type { QingdaoSettings } from './config.ts';
import type { QingdaoWire } from './context.ts';
import { blockBytes, type RsaEngine, type RsaKeys } from './crypto.ts';
import { cut, type Sealed, Sealing } from './sealing.ts';

export type Opened =
  | { readonly kind: 'open'; readonly body: Readonly<Record<string, unknown>> }
  /** `signature`: not from the platform, to be dropped. `content`: signed by it, and unreadable. */
  | { readonly kind: 'bad'; readonly fault: 'signature' | 'content' };

/** Plain texts of requests, and opening of notices (二(二), 二(三)). Pure but for the random padding. */
export class QingdaoCodec {
  readonly #settings: QingdaoSettings;
  readonly #engine: RsaEngine;
  /** What may be done on another thread. */
  readonly sealing: Sealing;
  readonly #publicBytes: number;
  readonly #privateBytes: number;

  constructor(settings: QingdaoSettings, keys: RsaKeys, engine: RsaEngine) {
    this.#settings = settings;
    this.#engine = engine;
    this.sealing = new Sealing(settings, keys, engine);
    this.#publicBytes = blockBytes(keys.publicKey);
    this.#privateBytes = blockBytes(keys.privateKey);
  }

  /** The plain text of a request: `{"data":{…}}`, or the same with `data` as a text (D04). */
  plain({ data }: QingdaoWire): string {
    return stringifyLossless({ data: this.#settings.payload.dataAs === 'string' ? stringifyLossless(data) : data });
  }

  seal(plain: string): Sealed {
    return this.sealing.seal(plain);
  }

  /** The body of the POST, made here. `plain` is {@link plain} of it. */
  form(wire: QingdaoWire, plain = this.plain(wire)): string {
    return this.sealing.text(plain, wire.file);
  }

  /** Verifies, decrypts and parses a notice. Nothing is looked at before the signature has been found right. */
  open({ cipher, sign }: Sealed): Opened {
    const { signInput, hash, downlink } = this.#settings.crypto;
    const bytes = decodeText(cipher, this.#privateBytes);
    const signature = decodeText(sign, this.#publicBytes);
    const signed = signInput === 'text' ? Buffer.from(cipher, 'utf8') : bytes;
    if (!this.#engine.verify(hash, signed, signature)) return { kind: 'bad', fault: 'signature' };
    const ways = [
      ...(downlink === 'platformPrivate'
        ? []
        : [() => this.#join(bytes, this.#privateBytes, this.#engine.decryptWithPrivate)]),
      ...(downlink === 'mirrored' ? [] : [() => this.#join(bytes, this.#publicBytes, this.#engine.recoverWithPublic)]),
    ];
    for (const way of ways) {
      const body = way();
      if (body !== undefined) return { kind: 'open', body };
    }
    return { kind: 'bad', fault: 'content' };
  }

  /** Bytes are joined before they are read as UTF-8: a character may have been cut in half. */
  #join(
    bytes: Buffer,
    size: number,
    open: (block: Uint8Array) => Buffer | undefined,
  ): Readonly<Record<string, unknown>> | undefined {
    if (bytes.length === 0 || bytes.length % size !== 0) return undefined;
    const parts: Buffer[] = [];
    for (const block of cut(bytes, size)) {
      const part = open(block);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return readObject(Buffer.concat(parts));
  }
}

/** Base64, or hex where the text can only be whole blocks of hex (D02). */
function decodeText(text: string, blockSize: number): Buffer {
  const flat = text.replace(/\s+/g, '');
  const isHex = flat.length > 0 && flat.length % (blockSize * 2) === 0 && /^[0-9a-fA-F]+$/.test(flat);
  return Buffer.from(flat, isHex ? 'hex' : 'base64');
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A flat object, or one wrapped in `data` as requests are (D54); no notice has a field of that name. */
function readObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed = parseLossless(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!isObject(parsed)) return undefined;
    const inner = parsed['data'];
    const body = typeof inner === 'string' && inner.trimStart().startsWith('{') ? parseLossless(inner) : inner;
    return isObject(body) ? body : parsed;
  } catch {
    return undefined;
  }
}
