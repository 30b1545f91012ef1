import { type JsonObject, signatureOf } from '../../../peers/shenzhen/index.ts';

/** 2026-03-02 10:00:00 in China. */
export const NOW = Date.UTC(2026, 2, 2, 2, 0, 0);
export const MINUTE = 60_000;
export const KEYS = { accessKey: '0667bb1c1aa7fb1f', accessSecret: 'adfdcdfdfdfdf', parkCode: '80010001' };

export function parsed(text: string): JsonObject | null {
  try {
    return JSON.parse(text);
  } catch {
    // Noise is one of the things that a cloud may say.
    return null;
  }
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const sign = (fields: JsonObject, unsigned: readonly string[] = []): string =>
  signatureOf(
    Object.entries(fields).map(([name, value]): [string, string] => [name, textOf(value)]),
    KEYS.accessSecret,
    unsigned,
  );
