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

/** Reads a JSON push; `undefined` when it is none of the four messages. Throws when the text is not JSON at all. */
export function parseMessage(json: string): CameraMessage | undefined {
  const parsed = messageSchema.safeParse(canonical(JSON.parse(json)));
  return parsed.success ? parsed.data : undefined;
}
