import { parseLossless, stringifyLossless } from '../lossless-json.ts';
import type { QingdaoSettings } from './config.ts';
import type { QingdaoWire } from './context.ts';
import { blockBytes, type RsaEngine, type RsaKeys } from './crypto.ts';

/** A cipher and its signature, both as text. */
export interface Sealed {
  readonly cipher: string;
  readonly sign: string;
}

export type Opened =
  | { readonly kind: 'open'; readonly body: Readonly<Record<string, unknown>> }
  /** `signature`: not from the platform, to be dropped. `content`: signed by it, and unreadable. */
  | { readonly kind: 'bad'; readonly fault: 'signature' | 'content' };

/** PKCS#1 v1.5 needs this many bytes of each block. */
const PADDING_BYTES = 11;

/** Sealing of requests and opening of notices (二(二), 二(三)). Pure but for the random padding. */
export class QingdaoCodec {
  readonly #settings: QingdaoSettings;
  readonly #engine: RsaEngine;
  readonly #publicBytes: number;
  readonly #privateBytes: number;

  constructor(settings: QingdaoSettings, keys: RsaKeys, engine: RsaEngine) {
    this.#settings = settings;
    this.#engine = engine;
    this.#publicBytes = blockBytes(keys.publicKey);
    this.#privateBytes = blockBytes(keys.privateKey);
  }

  /** The plain text of a request: `{"data":{…}}`, or the same with `data` as a text (D04). */
  plain({ data }: QingdaoWire): string {
    return stringifyLossless({ data: this.#settings.payload.dataAs === 'string' ? stringifyLossless(data) : data });
  }

  /** Encrypts `plain` and signs the cipher. The padding is random: the same text never gives the same cipher. */
  seal(plain: string): Sealed {
    const { uplinkKey, encoding, signInput, hash } = this.#settings.crypto;
    const own = uplinkKey === 'userPrivate';
    const encrypt = own ? this.#engine.encryptWithPrivate : this.#engine.encryptWithPublic;
    const size = (own ? this.#privateBytes : this.#publicBytes) - PADDING_BYTES;
    const bytes = Buffer.concat(cut(Buffer.from(plain, 'utf8'), size).map((block) => encrypt(block)));
    const cipher = bytes.toString(encoding);
    const signature = this.#engine.sign(hash, signInput === 'text' ? Buffer.from(cipher, 'utf8') : bytes);
    return { cipher, sign: signature.toString(encoding) };
  }

  /** The body of the POST. Base64 holds `+`, `/` and `=`, so every value is percent-encoded. `plain` is {@link plain} of it. */
  form(wire: QingdaoWire, plain = this.plain(wire)): string {
    const fields = { accessID: this.#settings.accessId, ...this.seal(plain) };
    const all = Object.entries(wire.file === undefined ? fields : { ...fields, file: wire.file });
    return all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
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

function cut(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
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
