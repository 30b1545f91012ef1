import { z } from 'zod';
import {
  canonical,
  decodeBase64,
  plateResult,
  triggerResult,
  wireNumber,
  wireSerialNo,
  wireText,
} from '../vzenith-results.ts';

const pushedResult = plateResult.extend({
  imagefile: wireText.default(''),
  imagefragmentfile: wireText.default(''),
});
export type PushedResult = z.output<typeof pushedResult>;

const serialno = wireSerialNo;
const ipaddr = z.string().nullable().catch(null).default(null);

const messageSchema = z.union([
  z
    .object({ alarminfoplate: z.object({ serialno, ipaddr, result: z.object({ plateresult: pushedResult }) }) })
    .transform(({ alarminfoplate: { serialno, ipaddr, result } }) => ({
      kind: 'plate' as const,
      serialNo: serialno,
      ipaddr,
      result: result.plateresult,
    })),
  z
    .object({ alarmgioin: z.object({ serialno, ipaddr, result: z.object({ triggerresult: triggerResult }) }) })
    .transform(({ alarmgioin: { serialno, ipaddr, result } }) => ({
      kind: 'input' as const,
      serialNo: serialno,
      ipaddr,
      ...result.triggerresult,
    })),
  z
    .object({
      serialdata: z.object({
        serialno,
        ipaddr,
        serialchannel: wireNumber.catch(0).default(0),
        data: wireText.default(''),
      }),
    })
    .transform(({ serialdata: { serialno, ipaddr, serialchannel, data } }) => ({
      kind: 'serial' as const,
      serialNo: serialno,
      ipaddr,
      channel: serialchannel,
      bytes: decodeBase64(data),
    })),
  z
    .object({
      triggerimage: z.object({
        serialno: serialno.nullable().catch(null).default(null),
        ipaddr,
        imagefile: wireText.default(''),
      }),
    })
    .transform(({ triggerimage: { serialno, ipaddr, imagefile } }) => ({
      kind: 'snapshot' as const,
      serialNo: serialno,
      ipaddr,
      imageFile: imagefile,
    })),
]);
export type CameraMessage = z.output<typeof messageSchema>;

/** Far above what a message of the protocol has; anybody in the network may send one. */
const MOST_PARTS = 20_000;

/** Whether a text has more keys and elements than a message could, without reading it: pictures in base64 have none of these characters. */
function isCrowded(json: string): boolean {
  let parts = 0;
  for (const mark of [',', '{', '['])
    for (let at = json.indexOf(mark); at >= 0; at = json.indexOf(mark, at + 1)) if (++parts > MOST_PARTS) return true;
  return false;
}

/** So far from the beginning and the end of a text its serial number is looked for. */
const GLIMPSE = 4_096;

/** What may be the serial number of a JSON push, without reading it: empty where none stands near its beginning or its end. */
export function glimpseSerialNos(json: string): readonly string[] {
  const ends = `${json.slice(0, GLIMPSE)} ${json.slice(Math.max(GLIMPSE, json.length - GLIMPSE))}`;
  return [...ends.matchAll(/"seria[li]no"\s{0,9}:\s{0,9}"?\s{0,9}([^",}\s]{1,60})/gi)].flatMap(
    ([, serialNo]) => serialNo ?? [],
  );
}

/** The stored record that a push is of, where it cannot be read and says so much; null: it does not, or is no stored one. */
export function glimpseStored(json: string): string | null {
  if (!/"isoffline"\s{0,9}:\s{0,9}"?(?:1|true)/i.test(json)) return null;
  return /"plateid"\s{0,9}:\s{0,9}"?(\d{1,15})/i.exec(json)?.[1] ?? null;
}

/** Whether a push is of a plate, where it cannot be read. */
export const isOfPlate = (json: string): boolean => /"AlarmInfoPlate"/i.test(json);

/** Reads a JSON push; `undefined` when it is none of the four messages. Throws when the text is not JSON at all, or has far too many parts. */
export function parseMessage(json: string): CameraMessage | undefined {
  if (isCrowded(json)) throw new SyntaxError('too many parts');
  const parsed = messageSchema.safeParse(canonical(JSON.parse(json)));
  return parsed.success ? parsed.data : undefined;
}
