import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { errorText } from '../../runtime/errors.ts';

/**
 * Keys come as the platform's operators hand them out: a PEM block (also squeezed into one line, or with the two characters
 * `\n` for line ends) or one line of Base64 DER, public as SubjectPublicKeyInfo or PKCS#1, private as PKCS#8 or PKCS#1.
 */
function derOf(text: string): Buffer {
  const flat = text.replaceAll('\\n', '\n').trim();
  if (/ENCRYPTED/.test(flat)) throw new Error('is encrypted with a password; give it unencrypted');
  const block = /-----BEGIN [A-Z ]+-----([\s\S]*?)-----END [A-Z ]+-----/.exec(flat);
  if (block === null && flat.includes('-----')) throw new Error('has a damaged PEM frame');
  const base64 = (block?.[1] ?? flat).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new Error('is neither PEM nor Base64');
  return Buffer.from(base64, 'base64');
}

function firstThatReads(attempts: readonly (() => KeyObject)[]): KeyObject {
  let last: unknown;
  for (const attempt of attempts) {
    try {
      return attempt();
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`cannot be read as a key (${errorText(last)})`);
}

function rsaOnly(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`is a key of type ${key.asymmetricKeyType}, not RSA`);
  if (modulusBits(key) < 512) throw new Error('is shorter than 512 bits');
  return key;
}

/** Throws with a text that reads on from the name of the setting. */
export function readPublicKey(text: string): KeyObject {
  const key = derOf(text);
  // node:crypto would quietly take the public half of a private key: ours in the place of the platform's.
  if (isPrivate(key)) throw new Error('is a private key; the public key of the platform is wanted');
  return rsaOnly(
    firstThatReads([
      () => createPublicKey({ key, format: 'der', type: 'pkcs1' }),
      () => createPublicKey({ key, format: 'der', type: 'spki' }),
    ]),
  );
}

/** Throws with a text that reads on from the name of the setting. */
export function readPrivateKey(text: string): KeyObject {
  const key = derOf(text);
  return rsaOnly(
    firstThatReads([
      () => createPrivateKey({ key, format: 'der', type: 'pkcs1' }),
      () => createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
    ]),
  );
}

function isPrivate(key: Buffer): boolean {
  return (['pkcs1', 'pkcs8'] as const).some((type) => {
    try {
      createPrivateKey({ key, format: 'der', type });
      return true;
    } catch {
      return false;
    }
  });
}

export const modulusBits = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0;

/** One line of Base64 without a PEM frame, PKCS#8: the form the platform's own clients use, also as a password (D06). */
export const privateKeyLine = (key: KeyObject): string =>
  key.export({ type: 'pkcs8', format: 'der' }).toString('base64');
