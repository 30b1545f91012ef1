import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as codes from '../../../../../electron/station/platforms/keytop/codes.ts';
import { settings } from '../support.ts';

/** The code lists as the specification prints them. */
const APPENDIX_12 = [0, 1, 2, 3, 4, 5, 6, 7, 100];
const APPENDIX_14 = Array.from({ length: 16 }, (_, index) => 100 + index);
const APPENDIX_13 = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15];

const rows = Object.entries(codes.PAY_CODES);

test('what is written is in the appendices', () => {
  for (const [, { exit, bill }] of rows) {
    expect(APPENDIX_12).toContain(exit);
    expect(APPENDIX_14).toContain(bill);
  }
  for (const code of Object.values(codes.TERMINALS)) expect(APPENDIX_13).toContain(code);
});

test.each([
  ['cash', null, 0, 100],
  ['pos', null, 1, 101],
  ['card', null, 2, 108],
  ['etc', null, 3, 103],
  ['wechat', null, 4, 104],
  ['alipay', null, 5, 105],
  ['wechat', 'keytop', 6, 111],
  ['alipay', 'keytop', 7, 112],
  // Collected by somebody else than this third party: none of its own money.
  ['wechat', 'cmb', 4, 104],
  ['platform', 'cmb', 1, 106],
] as const)('%s by %s is %i in 1.2 and %i in 1.4', (method, via, exit, bill) => {
  expect(codes.exitPayCode({ method, via }, settings())).toBe(exit);
  expect(codes.billPayCode({ method, via }, settings())).toBe(bill);
});

test('a site may use codes of its own, for either list alone', () => {
  const own = settings({ payCodes: { exit: { unionpay: 2 }, bill: { 'third-other': 109 } } });
  expect(codes.exitPayCode({ method: 'unionpay', via: null }, own)).toBe(2);
  expect(codes.billPayCode({ method: 'unionpay', via: null }, own)).toBe(106);
  expect(codes.billPayCode({ method: 'platform', via: 'keytop' }, own)).toBe(109);
});

test('payMethod 4 and 5 are the wallets, anything else a way of the third party’s own', () => {
  expect([4, 5, 6, undefined].map(codes.methodOfPayMethod)).toEqual(['wechat', 'alipay', 'platform', 'platform']);
});

test('kinds of cards are codes, there and back; 0, 100 and unknown ones are no kind of card', () => {
  for (const code of [1, 2, 3, 4, 5, 6, 7, 8, 9, 99]) {
    const type = codes.cardTypeOfCode(code);
    expect(type).toBeDefined();
    if (type !== undefined) expect(codes.codeOfCardType(type)).toBe(code);
  }
  expect([0, 100, 10, 12].map(codes.cardTypeOfCode)).toEqual([undefined, undefined, undefined, undefined]);
});

test.each([
  ['temporary', null, 0],
  ['card', 'monthly', 2],
  ['card', 'shared-space', 99],
  ['booking', null, 100],
  ['whitelist', null, 1],
  ['visitor', null, 0],
  ['free', null, 0],
] as const)('terms %s %s are carType %i', (kind, cardType, code) => {
  expect(codes.carTypeOf({ kind, cardType })).toBe(code);
});

test.each([
  ['gate', null, undefined, 2],
  ['prepaid', null, undefined, 1],
  ['arrears', null, true, 2],
  ['arrears', null, false, 1],
  ['after-departure', null, undefined, 6],
  ['gate', 'keytop', undefined, 15],
  ['prepaid', 'keytop', undefined, 15],
  ['gate', 'cmb', undefined, 14],
] as const)('a payment %s by %s (at a lane: %s) is of terminal %i', (scene, via, atLane, code) => {
  expect(codes.terminalTypeOf(scene, via, atLane)).toBe(code);
});

/** The rows of a Markdown table below a heading: cells as they stand. */
function table(heading: string): string[][] {
  const text = readFileSync(new URL('../../../../../docs/platforms/keytop.md', import.meta.url), 'utf8');
  const [, after = ''] = text.split(`### ${heading}\n`);
  const [part = ''] = after.split(/\n#/);
  return part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

test('the documentation shows the tables that count', () => {
  expect(table('Ways of payment')).toEqual(
    rows.map(([way, { zh, exit, bill, payMethod }]) => [
      zh,
      way,
      `${exit}`,
      `${bill}`,
      payMethod === null ? '' : `${payMethod}`,
    ]),
  );
  expect(table('Kinds of cars').map(([, type, code]) => [type, code])).toEqual([
    ['temporary', `${codes.TEMPORARY_CAR}`],
    ...Object.entries(codes.CARD_TYPES).map(([type, code]) => [type, `${code}`]),
    ['booking', `${codes.BOOKED_CAR}`],
  ]);
  expect(table('Terminals').map(([, name, code]) => [name, code])).toEqual(
    Object.entries(codes.TERMINALS).map(([name, code]) => [name, `${code}`]),
  );
  expect(table('Devices').map(([, kind, code]) => [kind, code])).toEqual(
    Object.entries(codes.DEVICE_TYPES).map(([kind, code]) => [kind, `${code}`]),
  );
});
