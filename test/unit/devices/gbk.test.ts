import { expect, it } from 'vitest';
import { decodeGbk, encodeGbk } from '../../../electron/station/devices/gbk.ts';

const hex = (text: string): string => Buffer.from(encodeGbk(text)).toString('hex').toUpperCase();

it.each([
  // From the samples of the display's protocol and of the plates.
  ['请缴费5元', 'C7EBBDC9B7D135D4AA'],
  ['粤B12345', 'D4C1423132333435'],
  ['A~\n', '417E0A'],
  // Beyond GB 2312, and with a second byte that ASCII has as well.
  ['镕', 'E946'],
  ['　', 'A1A1'],
])('%s is %s', (text, bytes) => {
  expect(hex(text)).toBe(bytes);
  expect(decodeGbk(Buffer.from(bytes, 'hex'))).toBe(text);
});

it.each([
  ['😀', '?'],
  ['鲁ÿB', '鲁?B'],
  ['\ue000', '?'],
])('%s has no place there', (text, read) => {
  expect(decodeGbk(encodeGbk(text))).toBe(read);
});

it('knows every character of GBK', () => {
  let known = 0;
  for (let code = 0x4e00; code <= 0x9fa5; code += 1)
    if (encodeGbk(String.fromCodePoint(code)).byteLength === 2) known += 1;
  expect(known).toBe(20_902);
});
