import { z } from 'zod';
import { type Plate, type PlateColor, UNREAD_PLATE } from '../../../../shared/domain/plate.ts';
import { classifyPlate, toPlate } from '../../../../shared/domain/plates.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { decodeJpeg } from '../vzenith-results.ts';
import { asGbk, asUtf8, type RawForm, standardBase64 } from './parser.ts';

/** What cameras write when they saw a car and read no plate. */
const NO_PLATE = new Set(['', '_无_', '无', '无牌', '无牌车', '无车牌', '未识别', 'null']);

/** Looked for in this order, so that 黄绿 is not taken for 黄. */
const COLORS: readonly (readonly [string, PlateColor])[] = [
  ['黄绿', 'yellow-green'],
  ['蓝', 'blue'],
  ['黄', 'yellow'],
  ['白', 'white'],
  ['黑', 'black'],
  ['绿', 'green'],
];

const text = z.string().trim().default('');
const formSchema = z.object({
  type: text.transform((type) => type.toLowerCase()),
  cam_id: z.string().trim().min(1).max(60),
  cam_ip: text,
  park_id: text,
  plate_num: text,
  plate_color: text,
  start_time: text,
  picture: z.string().default(''),
  closeup_pic: z.string().default(''),
});
type Form = z.output<typeof formSchema>;

/** What a camera said, in the house's words. */
export interface HuaxiaMessage {
  /** As the camera wrote it. */
  readonly camId: string;
  readonly address: string | null;
  /** `online`, `offline`, `heartbeat`, or what no source names. */
  readonly type: string;
  /** Null where the message is of no car. */
  readonly car: HuaxiaCar | null;
}

export interface HuaxiaCar {
  readonly plate: Plate;
  readonly capturedAt: EpochMs | null;
  /** Time and plate: the same in every repeat. Null without a time, for then nothing tells two cars apart. */
  readonly plateId: string | null;
  /** Anything but `online`. */
  readonly stored: boolean;
  /** Null: none came; undefined: what came is no JPEG. */
  readonly photo: () => Uint8Array | null | undefined;
}

/** Reads a message; undefined when it does not say whose it is. */
export function parseMessage(raw: RawForm): HuaxiaMessage | undefined {
  const parsed = formSchema.safeParse(Object.fromEntries(textOf(raw)));
  if (!parsed.success) return undefined;
  const form = parsed.data;
  const isCar =
    form.type === 'online' || form.type === 'offline' || (form.type !== 'heartbeat' && form.plate_num !== '');
  return { camId: form.cam_id, address: form.cam_ip || null, type: form.type, car: isCar ? carOf(form) : null };
}

/**
 * One alphabet for all fields. The two bytes of 鲁 and 豫 in GBK are a character of UTF-8 too, so that a plate which is one only in GBK
 * counts as well as bytes that are no UTF-8 at all.
 */
function textOf(raw: RawForm): ReadonlyMap<string, string> {
  const utf8 = new Map<string, string>();
  for (const [name, bytes] of raw) {
    const value = asUtf8(bytes);
    if (value === null) return asWhole(raw);
    utf8.set(name, value);
  }
  const plate = raw.get('plate_num');
  const isOdd = plate !== undefined && classifyPlate(utf8.get('plate_num') ?? '') === 'irregular';
  return isOdd && classifyPlate(asGbk(plate)) !== 'irregular' ? asWhole(raw) : utf8;
}

const asWhole = (raw: RawForm): ReadonlyMap<string, string> =>
  new Map([...raw].map(([name, bytes]) => [name, asGbk(bytes)]));

function carOf(form: Form): HuaxiaCar {
  const plate = plateOf(form.plate_num, form.plate_color);
  // Less than nine digits is a clock that was never set: the same second comes again after each loss of power.
  const seconds = /^\d{9,11}$/.test(form.start_time) ? Number(form.start_time) : null;
  return {
    plate,
    capturedAt: seconds === null ? null : seconds * 1000,
    plateId: seconds === null ? null : `${seconds}-${plate.text}`,
    stored: form.type !== 'online',
    photo: () => {
      const whole = decodeJpeg(standardBase64(form.picture));
      return whole ? whole : (decodeJpeg(standardBase64(form.closeup_pic)) ?? whole);
    },
  };
}

function plateOf(number: string, color: string): Plate {
  if (NO_PLATE.has(number.toLowerCase())) return UNREAD_PLATE;
  return toPlate(number, COLORS.find(([word]) => color.includes(word))?.[1] ?? 'unknown');
}
