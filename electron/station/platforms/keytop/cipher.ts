import { createCipheriv, createDecipheriv } from 'node:crypto';
import forge from 'node-forge';
import type { Log } from '../../runtime/ports.ts';

/** 3DES-CBC with PKCS7, the key and the vector as they stand. `open` throws for what does not end in its padding. */
export interface Cipher {
  seal(plain: Uint8Array, key: string, iv: string): Buffer;
  open(bytes: Uint8Array, key: string, iv: string): Buffer;
}

const NAME = 'des-ede3-cbc';

export const nodeCipher: Cipher = {
  seal: (plain, key, iv) => {
    const cipher = createCipheriv(NAME, Buffer.from(key, 'latin1'), Buffer.from(iv, 'latin1'));
    return Buffer.concat([cipher.update(plain), cipher.final()]);
  },
  open: (bytes, key, iv) => {
    const decipher = createDecipheriv(NAME, Buffer.from(key, 'latin1'), Buffer.from(iv, 'latin1'));
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  },
};

const binary = (bytes: Uint8Array): forge.util.ByteStringBuffer =>
  forge.util.createBuffer(Buffer.from(bytes).toString('latin1'));

function throughForge(cipher: forge.cipher.BlockCipher, bytes: Uint8Array, iv: string): Buffer {
  cipher.start({ iv });
  cipher.update(binary(bytes));
  if (!cipher.finish()) throw new Error('bad padding');
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}

/** Where the runtime's own library lacks the cipher: slow, and the same bytes. */
export const forgeCipher: Cipher = {
  seal: (plain, key, iv) => throughForge(forge.cipher.createCipher('3DES-CBC', key), plain, iv),
  open: (bytes, key, iv) => {
    if (bytes.length === 0 || bytes.length % 8 !== 0) throw new Error('not whole blocks');
    return throughForge(forge.cipher.createDecipher('3DES-CBC', key), bytes, iv);
  },
};

/** A vector that the specification prints: what it must come to. */
const KNOWN = {
  key: 'F7A0B971B199FD2A1017CEC5',
  iv: '20160120',
  plain: Buffer.from('{"plateNo":"A12345"}'),
  sealed: Buffer.from('DkTwRsUUza33A8/TvrocXI3r+Az1T7bt', 'base64'),
};

function knowsIt(cipher: Cipher): boolean {
  try {
    const { key, iv, plain, sealed } = KNOWN;
    return cipher.seal(plain, key, iv).equals(sealed) && cipher.open(sealed, key, iv).equals(plain);
  } catch {
    return false;
  }
}

/**
 * Electron's crypto library is not Node's, and which ciphers it has changes with its version: the machine at hand is asked, by a
 * message whose cipher text is known, and what was chosen is said.
 */
export function chooseCipher(log: Log, native: Cipher = nodeCipher, portable: Cipher = forgeCipher): Cipher {
  if (knowsIt(native)) {
    log.info('3DES self-test passed: node:crypto does it');
    return native;
  }
  if (!knowsIt(portable)) throw new Error('3DES fails its self-test with every implementation');
  log.warn('3DES self-test: node-forge stands in, which is slower');
  return portable;
}
