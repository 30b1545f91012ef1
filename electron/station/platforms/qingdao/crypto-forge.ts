import forge from 'node-forge';
import { blockBytes, type RsaEngine, type RsaKeys, stripEncryptionPadding, stripSignaturePadding } from './crypto.ts';

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/**
 * The same work in plain JavaScript, about thirty times slower: for engines whose native crypto lacks a primitive.
 * Built only when the self-test asks for it.
 */
export function forgeEngine(keys: RsaKeys): RsaEngine {
  const publicKey = forge.pki.publicKeyFromPem(keys.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const privateKey = forge.pki.privateKeyFromPem(keys.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  const publicBlock = blockBytes(keys.publicKey);
  const privateBlock = blockBytes(keys.privateKey);
  /** The bare operation gives a number; leading zero bytes are put back. */
  const whole = (text: string, size: number): Buffer => {
    const short = bytes(text);
    return Buffer.concat([Buffer.alloc(Math.max(0, size - short.length)), short]);
  };
  const attempt = <T>(open: () => T, otherwise: T): T => {
    try {
      return open();
    } catch {
      return otherwise;
    }
  };
  const digest = (hash: 'SHA1' | 'MD5', data: Uint8Array) => {
    const md = hash === 'SHA1' ? forge.md.sha1.create() : forge.md.md5.create();
    md.update(binary(data));
    return md;
  };
  return {
    encryptWithPublic: (block) => bytes(publicKey.encrypt(binary(block), 'RSAES-PKCS1-V1_5')),
    encryptWithPrivate: (block) => bytes(privateKey.sign(binary(block), 'NONE')),
    decryptWithPrivate: (block) =>
      attempt(() => stripEncryptionPadding(whole(privateKey.decrypt(binary(block), 'RAW'), privateBlock)), undefined),
    recoverWithPublic: (block) =>
      attempt(() => stripSignaturePadding(whole(publicKey.encrypt(binary(block), 'RAW'), publicBlock)), undefined),
    sign: (hash, data) => bytes(privateKey.sign(digest(hash, data), 'RSASSA-PKCS1-V1_5')),
    verify: (hash, data, signature) =>
      attempt(
        () => publicKey.verify(digest(hash, data).digest().getBytes(), binary(signature), 'RSASSA-PKCS1-V1_5'),
        false,
      ),
  };
}
