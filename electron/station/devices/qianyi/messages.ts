import { z } from 'zod';
import { type Plate, UNREAD_PLATE } from '../../../../shared/domain/plate.ts';
import { toPlate } from '../../../../shared/domain/plates.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { GateAction } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { decodeJpeg, wireNumber, wireText } from '../vzenith-results.ts';

/** Far above a message with two pictures. */
const LONGEST_BYTES = 12 * 1024 * 1024;
/** The end of the year 9999, in seconds: later is no clock, and would not fit into a date. */
const LAST_SECOND = 253_402_271_999;
/** What it writes when it saw a car and read no plate. */
const NO_PLATE = new Set(['', 'null', '_无_', '无牌', '无牌车', '无车牌']);

export const REGISTER_TOPIC = '/serverAll';

/** A message's own number, answered as it came. */
const msgId = z
  .union([z.string().min(1).max(80), z.number()])
  .nullable()
  .catch(null)
  .default(null);
const id = z.union([z.string(), z.number()]).transform(String);
const messageSchema = z.object({
  cmd: z.string().max(60),
  msg_id: msgId,
  sn: id.pipe(z.string().max(60)).nullable().catch(null).default(null),
  utc_ts: wireNumber.nullable().catch(null).default(null),
  status: id.nullable().catch(null).default(null),
  subtopic: wireText.default(''),
  pubtopic: wireText.default(''),
  type: wireText.default(''),
  plate_num: wireText.default(''),
  confidence: wireNumber.nullable().catch(null).default(null),
  full_pic: wireText.default(''),
  plate_pic: wireText.default(''),
});
export type Fields = z.output<typeof messageSchema>;
type MsgId = NonNullable<Fields['msg_id']>;

/** Reads a message: flat JSON with a `cmd`. Undefined for anything else. */
export function parseMessage(payload: Uint8Array): Fields | undefined {
  if (payload.byteLength > LONGEST_BYTES) return undefined;
  try {
    return messageSchema.safeParse(JSON.parse(decodeText(payload))).data;
  } catch {
    return undefined;
  }
}

/** By the camera's clock; null where it does not say. */
export const timeOf = ({ utc_ts: seconds }: Fields): EpochMs | null =>
  seconds !== null && seconds > 0 && seconds <= LAST_SECOND ? Math.trunc(seconds) * 1000 : null;

interface QianyiResult {
  readonly plate: Plate;
  readonly confidence: number | null;
  readonly capturedAt: EpochMs | null;
  /** The same in every repeat. */
  readonly plateId: string | null;
  /** Anything but `online`. */
  readonly stored: boolean;
  /** Null: none came; undefined: what came is no JPEG. */
  readonly photo: Uint8Array | null | undefined;
}

/** A `result` in the house's words. It names no colour. */
export function resultOf(fields: Fields): QianyiResult {
  const number = fields.plate_num.trim();
  const full = decodeJpeg(fields.full_pic);
  return {
    plate: NO_PLATE.has(number.toLowerCase()) ? UNREAD_PLATE : toPlate(number, 'unknown'),
    confidence: fields.confidence,
    capturedAt: timeOf(fields),
    plateId: fields.msg_id === null ? null : String(fields.msg_id),
    stored: fields.type.trim().toLowerCase() !== 'online',
    photo: full ? full : (decodeJpeg(fields.plate_pic) ?? full),
  };
}

/** The answer to a registration or a result: heard, and taken. */
export const okTo = (cmd: 'camera_register' | 'result', msg_id: MsgId): string =>
  JSON.stringify({ cmd: `${cmd}_rsp`, msg_id, status: 'ok' });

/** What is sent besides the head that all commands have. */
export interface CommandBody {
  readonly cmd: 'iooutput' | 'barrierKeepOpen' | 'rs485';
  readonly fields: Readonly<Record<string, unknown>>;
}

export function gateBody(action: GateAction, io: { readonly openIo: number; readonly closeIo: number }): CommandBody {
  switch (action) {
    case 'open':
      return { cmd: 'iooutput', fields: { ionum: io.openIo, action: 'on' } };
    case 'close':
      return { cmd: 'iooutput', fields: { ionum: io.closeIo, action: 'on' } };
    case 'hold':
      return { cmd: 'barrierKeepOpen', fields: { isKeepOpen: 1 } };
    case 'release-hold':
      return { cmd: 'barrierKeepOpen', fields: { isKeepOpen: 0 } };
  }
}

/** Bytes for RS-485 1 (channel 0) or 2. */
export const serialBody = (channel: number, bytes: Uint8Array): CommandBody => ({
  cmd: 'rs485',
  fields: {
    encode_type: 'base64',
    [`rs485ch${channel + 1}_data`]: [{ data: Buffer.from(bytes).toString('base64') }],
  },
});

/** A command as it travels. */
export const commandText = (
  { cmd, fields }: CommandBody,
  head: { readonly msgId: string; readonly sn: string; readonly at: EpochMs },
): string => JSON.stringify({ cmd, msg_id: head.msgId, sn: head.sn, ...fields, utc_ts: Math.floor(head.at / 1000) });
