import { createHash } from 'node:crypto';
import type { Trace } from '../platform.ts';
import type { QingdaoSettings } from './config.ts';
import { blockBytes, type RsaEngine, type RsaKeys } from './crypto.ts';

/** A cipher and its signature, both as text. */
export interface Sealed {
  readonly cipher: string;
  readonly sign: string;
}

/** The body of a POST, and what went along in it besides the cipher. */
export interface Form {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly attached: NonNullable<Trace['attached']>;
}

export type SealingSettings = Pick<QingdaoSettings, 'accessId' | 'crypto'>;

/** PKCS#1 v1.5 needs this many bytes of each block. */
const PADDING_BYTES = 11;

/** Encrypting and signing of requests (二(二), 二(三)): all of an upload that costs time, so that it can be done on another thread. */
export class Sealing {
  readonly #settings: SealingSettings;
  readonly #encrypt: (block: Uint8Array) => Buffer;
  readonly #sign: RsaEngine['sign'];
  /** Bytes of plain text in one block. */
  readonly #size: number;

  constructor(settings: SealingSettings, keys: RsaKeys, engine: RsaEngine) {
    const own = settings.crypto.uplinkKey === 'userPrivate';
    this.#settings = settings;
    this.#encrypt = own ? engine.encryptWithPrivate : engine.encryptWithPublic;
    this.#sign = engine.sign;
    this.#size = blockBytes(own ? keys.privateKey : keys.publicKey) - PADDING_BYTES;
  }

  /** Encrypts `plain` and signs the cipher. The padding is random: the same text never gives the same cipher. */
  seal(plain: string): Sealed {
    const { encoding, signInput, hash } = this.#settings.crypto;
    const bytes = Buffer.concat(cut(Buffer.from(plain, 'utf8'), this.#size).map((block) => this.#encrypt(block)));
    const cipher = bytes.toString(encoding);
    const signature = this.#sign(hash, signInput === 'text' ? Buffer.from(cipher, 'utf8') : bytes);
    return { cipher, sign: signature.toString(encoding) };
  }

  /** Base64 holds `+`, `/` and `=`, so every value is percent-encoded. */
  text(plain: string, file?: string): string {
    const fields = { accessID: this.#settings.accessId, ...this.seal(plain) };
    const all = Object.entries(file === undefined ? fields : { ...fields, file });
    return all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  }

  form(plain: string, file?: string): Form {
    const text = this.text(plain, file);
    // Bytes change threads without being copied, and need not be made of the text once more when they leave.
    return file === undefined
      ? { body: text, attached: [] }
      : { body: new TextEncoder().encode(text), attached: [pictureOf(file)] };
  }
}

/** The picture by its size and digest, which is that of the file in the evidence: it would fill the disk twice otherwise. */
function pictureOf(file: string): Form['attached'][number] {
  const picture = Buffer.from(file, 'base64');
  return { name: 'file', bytes: picture.length, sha256: createHash('sha256').update(picture).digest('hex') };
}

export function cut(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
