import {
  constants,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { type CryptoDialect, standardDialect } from './dialect.ts';

/** Both key pairs of 二(三)(1), PEM: SubjectPublicKeyInfo and PKCS#8. Each side knows its own private key and the other's public one. */
export interface QingdaoKeys {
  readonly userPublicKey: string;
  readonly userPrivateKey: string;
  readonly platformPublicKey: string;
  readonly platformPrivateKey: string;
}

/** Two fresh RSA-1024 pairs. */
export function createKeys(): QingdaoKeys {
  const pair = () =>
    generateKeyPairSync('rsa', {
      modulusLength: 1024,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
  const user = pair();
  const platform = pair();
  return {
    userPublicKey: user.publicKey,
    userPrivateKey: user.privateKey,
    platformPublicKey: platform.publicKey,
    platformPrivateKey: platform.privateKey,
  };
}

const PADDING = constants.RSA_PKCS1_PADDING;
const CIPHER_BLOCK = 128;
const PLAIN_BLOCK = 117;

function blocks(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

/** Standard base64, padded, without line breaks, nothing else; `undefined` otherwise. */
export function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : undefined;
}

/** The bytes of a cipher or a signature, if it is written as the dialect wants. Hexadecimal in capitals counts too. */
export function decodeStrictly(text: string, { encoding }: Pick<CryptoDialect, 'encoding'>): Buffer | undefined {
  if (encoding === 'base64') return strictBase64(text);
  const bytes = Buffer.from(text, 'hex');
  return bytes.length > 0 && bytes.length * 2 === text.length ? bytes : undefined;
}

const STANDARD: CryptoDialect = standardDialect();
const signed = (cipher: string, { signInput, encoding }: CryptoDialect): Buffer =>
  signInput === 'text' ? Buffer.from(cipher, 'utf8') : Buffer.from(cipher, encoding);

/** `SHA1WithRSA` over the text of the cipher, base64 (172 characters for a 1024-bit key). */
export function signText(text: string, privateKey: string | KeyObject, dialect: CryptoDialect = STANDARD): string {
  return createSign(`RSA-${dialect.hash}`).update(signed(text, dialect)).sign(privateKey, dialect.encoding);
}

export function verifyText(
  text: string,
  sign: string,
  publicKey: string | KeyObject,
  dialect: CryptoDialect = STANDARD,
): boolean {
  const bytes = decodeStrictly(sign, dialect);
  return (
    bytes?.length === CIPHER_BLOCK &&
    createVerify(`RSA-${dialect.hash}`).update(signed(text, dialect)).verify(publicKey, bytes)
  );
}

function seal(plain: string, dialect: CryptoDialect, encrypt: (block: Buffer) => Buffer): string {
  return Buffer.concat(blocks(Buffer.from(plain, 'utf8'), PLAIN_BLOCK).map(encrypt)).toString(dialect.encoding);
}

/** UTF-8 bytes in blocks of 117 → 128 each, base64. */
export function sealText(plain: string, publicKey: string | KeyObject, dialect: CryptoDialect = STANDARD): string {
  const key = createPublicKey(publicKey);
  return seal(plain, dialect, (block) => publicEncrypt({ key, padding: PADDING }, block));
}

/** The way of sibling platforms (D05): sealed with the platform's own private key, recovered with its public one. */
export function sealTextWithPrivateKey(
  plain: string,
  privateKey: string | KeyObject,
  dialect: CryptoDialect = STANDARD,
): string {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  return seal(plain, dialect, (block) => privateEncrypt({ key, padding: PADDING }, block));
}

/** Joins the decrypted bytes of all blocks, then reads them as UTF-8, because a character may be cut by a block's edge. */
function open(cipher: string, dialect: CryptoDialect, decrypt: (block: Buffer) => Buffer): string {
  const bytes = decodeStrictly(cipher, dialect);
  if (!bytes || bytes.length % CIPHER_BLOCK !== 0)
    throw new Error(`cipher is not ${dialect.encoding} of whole ${CIPHER_BLOCK}-byte blocks`);
  const plain = Buffer.concat(blocks(bytes, CIPHER_BLOCK).map(decrypt));
  return new TextDecoder('utf-8', { fatal: true }).decode(plain);
}

/** Call it only on what {@link verifyText} accepted: a block that is not ours decrypts to noise, not to an error. */
export function openText(cipher: string, privateKey: string | KeyObject, dialect: CryptoDialect = STANDARD): string {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  return open(cipher, dialect, (block) => privateDecrypt({ key, padding: PADDING }, block));
}

/** Recovers what was sealed with the other side's private key. */
export function openTextWithPublicKey(
  cipher: string,
  publicKey: string | KeyObject,
  dialect: CryptoDialect = STANDARD,
): string {
  return open(cipher, dialect, (block) => publicDecrypt({ key: publicKey, padding: PADDING }, block));
}
