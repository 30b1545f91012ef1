import { createCipheriv, createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import { type KeytopSettings, keytopSettingsSchema } from '../../../../electron/station/platforms/keytop/config.ts';
import { shanghaiDate } from '../../../../shared/domain/time.ts';

/** The third party's side of the wire, written from the specification alone. */

export const UP = { user: 'gatehouse', password: 'up-pwd', key: '693207DB8148FBC9D8410179' } as const;
export const DOWN = { user: 'mall', password: 'down-pwd', key: 'F7A0B971B199FD2A1017CEC5' } as const;
export const PARK_CODE = '1';

export type Data = Readonly<Record<string, unknown>>;

export const settingsInput = (changes: Data = {}) => ({
  ...{ baseUrl: 'http://127.0.0.1:9', ...UP, downlink: DOWN, parkCode: PARK_CODE },
  ...changes,
});

export const settings = (changes: Data = {}): KeytopSettings => keytopSettingsSchema.parse(settingsInput(changes));

const vector = (at: number): string => shanghaiDate(at).replaceAll('-', '');

/** What a request says: its `data`, opened. */
export function opened(data: string, key: string, at: number): Data {
  const decipher = createDecipheriv('des-ede3-cbc', key, vector(at));
  const plain = Buffer.concat([decipher.update(data, 'base64'), decipher.final()]);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder('gb18030').decode(plain)));
}

/** `data` as the third party makes it. */
export function sealed(parameters: Data, key: string, at: number): string {
  const cipher = createCipheriv('des-ede3-cbc', key, vector(at));
  return Buffer.concat([cipher.update(gb2312(JSON.stringify(parameters))), cipher.final()]).toString('base64');
}

let table: Map<string, readonly [number, number]> | undefined;

/** Every character that the tests use is in GB2312, or is written as an escape. */
function gb2312(text: string): Buffer {
  if (!table) {
    table = new Map();
    const decoder = new TextDecoder('gb18030');
    for (let high = 0xa1; high <= 0xf7; high += 1)
      for (let low = 0xa1; low <= 0xfe; low += 1)
        table.set(decoder.decode(Uint8Array.of(high, low)), [high, low] as const);
  }
  const bytes: number[] = [];
  for (const unit of text.split('')) {
    const code = unit.charCodeAt(0);
    if (code < 0x80) bytes.push(code);
    else bytes.push(...(table.get(unit) ?? Buffer.from(`\\u${code.toString(16).padStart(4, '0')}`)));
  }
  return Buffer.from(bytes);
}
