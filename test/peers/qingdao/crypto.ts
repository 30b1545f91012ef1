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
  publicEncrypt,
} from 'node:crypto';

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

/** `SHA1WithRSA` over the text of the cipher, base64 (172 characters for a 1024-bit key). */
export function signText(text: string, privateKey: string | KeyObject): string {
  return createSign('RSA-SHA1').update(text, 'utf8').sign(privateKey, 'base64');
}

export function verifyText(text: string, sign: string, publicKey: string | KeyObject): boolean {
  const bytes = strictBase64(sign);
  return bytes?.length === CIPHER_BLOCK && createVerify('RSA-SHA1').update(text, 'utf8').verify(publicKey, bytes);
}

/** UTF-8 bytes in blocks of 117 → 128 each, base64. */
export function sealText(plain: string, publicKey: string | KeyObject): string {
  const key = createPublicKey(publicKey);
  return Buffer.concat(
    blocks(Buffer.from(plain, 'utf8'), PLAIN_BLOCK).map((block) => publicEncrypt({ key, padding: PADDING }, block)),
  ).toString('base64');
}

/** The way of sibling platforms (D05): sealed with the platform's own private key, recovered with its public one. */
export function sealTextWithPrivateKey(plain: string, privateKey: string): string {
  return Buffer.concat(
    blocks(Buffer.from(plain, 'utf8'), PLAIN_BLOCK).map((block) =>
      privateEncrypt({ key: privateKey, padding: PADDING }, block),
    ),
  ).toString('base64');
}

/**
 * Joins the decrypted bytes of all blocks, then reads them as UTF-8, because a character may be cut by a block's edge.
 * Call it only on what {@link verifyText} accepted: a block that is not ours decrypts to noise, not to an error.
 */
export function openText(cipher: string, privateKey: string | KeyObject): string {
  const bytes = strictBase64(cipher);
  if (!bytes || bytes.length % CIPHER_BLOCK !== 0)
    throw new Error(`cipher is not base64 of whole ${CIPHER_BLOCK}-byte blocks`);
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  const plain = Buffer.concat(
    blocks(bytes, CIPHER_BLOCK).map((block) => privateDecrypt({ key, padding: PADDING }, block)),
  );
  return new TextDecoder('utf-8', { fatal: true }).decode(plain);
}
