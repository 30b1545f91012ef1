import {
  constants,
  type KeyObject,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { modulusBits } from './keys.ts';

export type SignatureHash = 'SHA1' | 'MD5';

export interface RsaKeys {
  /** The other side's key. */
  readonly publicKey: KeyObject;
  /** Our own key. */
  readonly privateKey: KeyObject;
}

/**
 * The RSA work of the wire, PKCS#1 v1.5 throughout. Block functions take and give single blocks: at most modulus − 11 bytes
 * of plain text, exactly one modulus of cipher. The two that open a block answer `undefined` for wrong padding.
 */
export interface RsaEngine {
  encryptWithPublic(block: Uint8Array): Buffer;
  encryptWithPrivate(block: Uint8Array): Buffer;
  decryptWithPrivate(block: Uint8Array): Buffer | undefined;
  recoverWithPublic(block: Uint8Array): Buffer | undefined;
  sign(hash: SignatureHash, data: Uint8Array): Buffer;
  verify(hash: SignatureHash, data: Uint8Array, signature: Uint8Array): boolean;
}

/** Bytes of one cipher block. */
export const blockBytes = (key: KeyObject): number => Math.ceil(modulusBits(key) / 8);

/**
 * Takes off encryption padding `00 02 <8 or more non-zero bytes> 00`. Every byte is looked at whatever the ones before it
 * were, so that time tells little about where the padding was wrong; our callers verify the signature first anyway.
 */
export function stripEncryptionPadding(block: Buffer): Buffer | undefined {
  let separator = 0;
  for (let index = block.length - 1; index >= 2; index--) {
    const isZero = Number(block[index] === 0);
    separator = isZero * index + (1 - isZero) * separator;
  }
  const right = Number(block[0] === 0) & Number(block[1] === 2) & Number(separator >= 10);
  return right === 1 ? block.subarray(separator + 1) : undefined;
}

/** Takes off signature padding `00 01 <8 or more FF> 00`. Nothing in it is secret. */
export function stripSignaturePadding(block: Buffer): Buffer | undefined {
  const separator = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 1 || separator < 10) return undefined;
  return block.subarray(2, separator).every((byte) => byte === 0xff) ? block.subarray(separator + 1) : undefined;
}

/**
 * node:crypto. Decryption does not ask for PKCS#1 padding: builds without implicit rejection refuse it outright, and builds
 * with it answer wrong padding with random bytes. The bare operation and our own stripping work, and say so, everywhere.
 */
export function nodeEngine({ publicKey, privateKey }: RsaKeys): RsaEngine {
  const pkcs1 = constants.RSA_PKCS1_PADDING;
  const bare = constants.RSA_NO_PADDING;
  const attempt = (open: () => Buffer | undefined): Buffer | undefined => {
    try {
      return open();
    } catch {
      return undefined;
    }
  };
  return {
    encryptWithPublic: (block) => publicEncrypt({ key: publicKey, padding: pkcs1 }, block),
    encryptWithPrivate: (block) => privateEncrypt({ key: privateKey, padding: pkcs1 }, block),
    decryptWithPrivate: (block) =>
      attempt(() => stripEncryptionPadding(privateDecrypt({ key: privateKey, padding: bare }, block))),
    recoverWithPublic: (block) => attempt(() => publicDecrypt({ key: publicKey, padding: pkcs1 }, block)),
    sign: (hash, data) => sign(`RSA-${hash}`, data, privateKey),
    verify: (hash, data, signature) => verify(`RSA-${hash}`, data, publicKey, signature),
  };
}
