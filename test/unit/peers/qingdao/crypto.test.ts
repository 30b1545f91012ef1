import { createPrivateKey, createPublicKey } from 'node:crypto';
import forge from 'node-forge';
import { describe, expect, test } from 'vitest';
import { createKeys, openText, sealText, signText, verifyText } from '../../../peers/qingdao/index.ts';
import { STATE_TEXT } from './samples.ts';

const keys = createKeys();

describe('the worked example of the protocol', () => {
  test('123 bytes become 344 characters of cipher and 172 of signature', () => {
    expect(Buffer.byteLength(STATE_TEXT)).toBe(123);
    const cipher = sealText(STATE_TEXT, keys.platformPublicKey);
    const sign = signText(cipher, keys.userPrivateKey);
    expect([cipher.length, sign.length]).toEqual([344, 172]);
    expect(verifyText(cipher, sign, keys.userPublicKey)).toBe(true);
    expect(openText(cipher, keys.platformPrivateKey)).toBe(STATE_TEXT);
  });

  test('a Chinese character cut by the edge of a block survives', () => {
    for (const lead of [115, 116, 117]) {
      const plain = `${'x'.repeat(lead)}鲁B12345`;
      expect(openText(sealText(plain, keys.userPublicKey), keys.userPrivateKey)).toBe(plain);
    }
  });

  test('the same text never gives the same cipher twice', () => {
    expect(sealText('x', keys.userPublicKey)).not.toBe(sealText('x', keys.userPublicKey));
  });
});

test('another implementation of RSA reads and verifies it', () => {
  const plain = `${STATE_TEXT}鲁`;
  const cipher = sealText(plain, keys.platformPublicKey);
  const bytes = forge.util.decode64(cipher);
  const key = forge.pki.privateKeyFromPem(keys.platformPrivateKey);
  const blocks = [bytes.slice(0, 128), bytes.slice(128)].map((block) => key.decrypt(block, 'RSAES-PKCS1-V1_5'));
  expect(forge.util.decodeUtf8(blocks.join(''))).toBe(plain);

  const digest = forge.md.sha1.create().update(cipher, 'utf8').digest().getBytes();
  const sign = forge.util.decode64(signText(cipher, keys.userPrivateKey));
  expect(forge.pki.publicKeyFromPem(keys.userPublicKey).verify(digest, sign)).toBe(true);
});

test('a signature is bound to the exact text, the key and its own form', () => {
  const sign = signText('cipher', keys.userPrivateKey);
  expect(verifyText('cipher', sign, keys.userPublicKey)).toBe(true);
  expect(verifyText('cipher ', sign, keys.userPublicKey)).toBe(false);
  expect(verifyText('cipher', sign, keys.platformPublicKey)).toBe(false);
  expect(verifyText('cipher', `${sign}\n`, keys.userPublicKey)).toBe(false);
  expect(verifyText('cipher', '', keys.userPublicKey)).toBe(false);
});

test('cipher text that is not whole blocks of base64 is refused', () => {
  expect(() => openText('not base64!', keys.userPrivateKey)).toThrow(/128/);
  expect(() => openText(Buffer.alloc(127).toString('base64'), keys.userPrivateKey)).toThrow(/128/);
});

test('keys are two different RSA-1024 pairs', () => {
  for (const pem of [keys.userPrivateKey, keys.platformPrivateKey])
    expect(createPrivateKey(pem).asymmetricKeyDetails?.modulusLength).toBe(1024);
  expect(createPublicKey(keys.userPublicKey).equals(createPublicKey(keys.platformPublicKey))).toBe(false);
});
