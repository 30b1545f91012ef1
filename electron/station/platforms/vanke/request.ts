import { z } from 'zod';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { fromWireTime } from './fields.ts';

const text = z.union([z.string().trim().min(1), z.number().transform(String)]);
const envelopeSchema = z.looseObject({
  /** Must be there; which one it is makes no difference, for there is but one. */
  version: text,
  token: z.string().min(1).max(500),
  parkingLotId: text,
  time: z.string().min(1).max(40),
});

/** What every request carries (公共参数), read before anything is believed. */
export interface Envelope {
  readonly token: string;
  readonly parkingLotId: string;
  /** As it came: the token is made of it. */
  readonly time: string;
  /** Undefined for what is no time. */
  readonly at: EpochMs | undefined;
  readonly body: unknown;
}

/** @returns why it cannot be read, in words that may be told */
export function readBody(bytes: Uint8Array): Envelope | string {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return '不是 UTF-8 编码的 JSON';
  }
  const parsed = envelopeSchema.safeParse(body);
  if (!parsed.success)
    return `缺少或无效的公共参数 ${parsed.error.issues.map(({ path }) => path.join('.') || 'body').join('、')}`;
  const { token, parkingLotId, time } = parsed.data;
  return { token, parkingLotId, time, at: fromWireTime(time), body };
}
