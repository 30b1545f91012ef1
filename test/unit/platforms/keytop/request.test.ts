import { expect, it } from 'vitest';
import { cipherTextOf } from '../../../../electron/station/platforms/keytop/request.ts';

const FORM = 'application/x-www-form-urlencoded';
const of = (text: string): string => {
  const found = cipherTextOf(Buffer.from(text), FORM, true);
  return typeof found === 'string' ? found : found.toString('hex');
};

it('finds the data of a form, the first that there is, whatever stands around it', () => {
  for (const form of [
    'data=AQI%3D',
    'data=AQI=',
    'a=1&data=AQI%3D&data=AwQ%3D',
    '&&x&%64ata=AQI%3D',
    'database=AwQ%3D&data=AQI%3D',
  ])
    expect(of(form)).toBe('0102');
  for (const form of ['', 'a=1', 'datas=AQI%3D', 'x%20data=AQI%3D']) expect(of(form)).toMatch(/缺少 data/);
});

it('takes no longer for a megabyte of empty pairs than for its length', () => {
  const began = process.cpuUsage().user;
  expect(of(`${'&#'.repeat(500_000)}&data=AQI%3D`)).toBe('0102');
  expect(of('&%'.repeat(500_000))).toMatch(/缺少 data/);
  expect(process.cpuUsage().user - began).toBeLessThan(4_000_000);
});
