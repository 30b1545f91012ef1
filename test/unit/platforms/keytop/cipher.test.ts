import { expect, test } from 'vitest';
import {
  type Cipher,
  chooseCipher,
  forgeCipher,
  nodeCipher,
} from '../../../../electron/station/platforms/keytop/cipher.ts';
import { memoryLog } from '../../../support/silent-log.ts';

/** A crypto library without 3DES, as some that Electron was built with. */
const without: Cipher = {
  seal: () => {
    throw new Error('Invalid cipher: des-ede3-cbc');
  },
  open: () => {
    throw new Error('Invalid cipher: des-ede3-cbc');
  },
};

test('the runtime’s own cipher is used where it knows the vector, and that is said', () => {
  const log = memoryLog();
  expect(chooseCipher(log)).toBe(nodeCipher);
  expect(log.lines).toEqual([{ level: 'info', message: '3DES self-test passed: node:crypto does it', fields: {} }]);
});

test('where it lacks the cipher, the portable one stands in, and that is said', () => {
  const log = memoryLog();
  const chosen = chooseCipher(log, without);
  expect(chosen).toBe(forgeCipher);
  expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
    ['warn', '3DES self-test: node-forge stands in, which is slower'],
  ]);
});

test('one that works and is wrong is not taken: neither its writing nor its reading', () => {
  const deaf: Cipher = { ...nodeCipher, open: (bytes) => Buffer.from(bytes) };
  const mute: Cipher = { ...nodeCipher, seal: (plain) => Buffer.from(plain) };
  for (const wrong of [deaf, mute]) expect(chooseCipher(memoryLog(), wrong)).toBe(forgeCipher);
});

test('without any cipher that works nothing starts', () => {
  expect(() => chooseCipher(memoryLog(), without, without)).toThrow('3DES fails its self-test');
});

test.each([
  ['node', nodeCipher],
  ['forge', forgeCipher],
] as const)('%s throws for what is no cipher text: no bytes, broken blocks, no padding', (_name, cipher) => {
  const [key, iv] = ['693207DB8148FBC9D8410179', '20260302'];
  expect(() => cipher.open(new Uint8Array(), key, iv)).toThrow();
  expect(() => cipher.open(new Uint8Array(7), key, iv)).toThrow();
  expect(() => cipher.open(new Uint8Array(15), key, iv)).toThrow();
  const sealed = cipher.seal(Buffer.from('{"parkCode":"1","plateNo":"A12345"}'), key, iv);
  expect(() => cipher.open(sealed.subarray(0, sealed.length - 8), key, iv)).toThrow();
});

test('two hundred kilobytes, as a picture is, are written and read whole by both', () => {
  const [key, iv] = ['693207DB8148FBC9D8410179', '20260302'];
  const plain = Buffer.alloc(200_001, 'pic');
  const sealed = nodeCipher.seal(plain, key, iv);
  expect(nodeCipher.open(sealed, key, iv).equals(plain)).toBe(true);
  expect(forgeCipher.seal(plain, key, iv).equals(sealed)).toBe(true);
  expect(forgeCipher.open(sealed, key, iv).equals(plain)).toBe(true);
});
