import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mayHoldSecret, withoutSecrets } from '../../../electron/station/runtime/redact.ts';

const secretName = fc.constantFrom(
  ...['password', 'pass_wd', 'PassWord', 'user_passwd', 'secretKey', 'access-token', 'Authorization', 'private_key'],
  ...['privateKey', 'cipherText', 'sign', 'data_sign', 'SIGN', 'signature', 'authCode', 'auth_code', 'payCode'],
  ...['pay_code', 'imageFile', 'image_file', 'base64', 'file', 'File'],
);
const name = fc.oneof(secretName, fc.string({ maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 8 }));
const secretText = fc.constantFrom(
  'A'.repeat(200),
  'ab/+'.repeat(60),
  '-----BEGIN PRIVATE KEY-----\nMII',
  'x'.repeat(199),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.dictionary(name, tie('leaf'), { maxKeys: 6 }),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(name, tie('tree'), { maxKeys: 3 }),
  ),
  leaf: fc.oneof(secretText, fc.string({ maxLength: 40 }), fc.integer(), fc.constant(null), fc.boolean()),
}));

it('the quick look passes over no text that masking would change', () => {
  fc.assert(
    fc.property(tree, fc.constantFrom(0, 2), (value, space) => {
      const clean = JSON.stringify(withoutSecrets(value));
      if (clean !== JSON.stringify(value)) expect(mayHoldSecret(JSON.stringify(value, null, space))).toBe(true);
    }),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(secretName, (field) => {
      expect(mayHoldSecret(`a=1&${field}=x`)).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(secretText, fc.string()), (text) => mayHoldSecret(text) || withoutSecrets(text) === text),
  );
});

it('nor one whose letters are written as escapes, as a peer may', () => {
  expect(mayHoldSecret('{"p\\u0061ssword":"abcdef"}')).toBe(true);
  expect(mayHoldSecret(`{"data":"${'ab\\/d'.repeat(60)}"}`)).toBe(true);
});

it('an entry as it is told to a platform needs no second look', () => {
  expect(
    mayHoldSecret(
      '{"uid":"01JABCDEF","carNo":"鲁B12345","carColor":"1","inTime":"2026-03-02 08:00:00","laneName":"东门入口1","freeNum":12}',
    ),
  ).toBe(false);
});
