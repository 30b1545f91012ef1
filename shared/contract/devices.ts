import { z } from 'zod';
import { selfTestStepSchema } from '../domain/device-test.ts';
import { displayColorSchema, displayLineSchema } from '../domain/display.ts';
import { figuresSchema } from '../domain/events.ts';
import { plateSchema } from '../domain/plate.ts';
import { printDocumentSchema } from '../domain/print.ts';
import { deviceKindSchema, deviceSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';
import { deviceViewSchema } from './lanes.ts';

const tags = ['devices'];
const deviceId = { id: z.string().min(1).max(40) };

/** What a device can be asked to do from its page. What it cannot is not offered. */
const abilitiesSchema = z.object({
  selfTest: z.boolean(),
  snapshot: z.boolean(),
  /** It moves the arm of a lane. */
  pulse: z.boolean(),
  show: z.boolean(),
  /** A display that also says something aloud · that can be told how loud. */
  speak: z.boolean(),
  volume: z.boolean(),
  /** 余位屏: a number in a colour. */
  sign: z.boolean(),
  /** A receipt printer · with a cash drawer on it: see `printing`. */
  print: z.boolean(),
  drawer: z.boolean(),
  /** It reads codes by itself: that can be waited for. */
  scan: z.boolean(),
  /** Bytes as they are: displays, signs and printers on a line of their own, never where an arm hangs on it. */
  raw: z.boolean(),
});

/** A device of the car park as its page shows it. */
export const deviceStateSchema = deviceViewSchema.extend({
  /** Since when it is in its present state; null while nothing is known of it. */
  since: timestampSchema.nullable(),
  /** How often it came back after having been away, since the station started. */
  reconnects: z.int(),
  /** The device that it hangs on and shares its fate with, e.g. the camera whose relays move an arm. */
  via: z.string().nullable(),
  serialNo: z.string().nullable(),
  firmware: z.string().nullable(),
  address: z.string().nullable(),
  /** Time from a command being handed over to its outcome, over the last commands that were carried out. */
  delay: z.object({ lastMs: z.number(), p50Ms: z.number(), count: z.int() }).nullable(),
  /** From the picture being taken, by the camera's clock, to its arrival here: the difference of the clocks is in it. */
  readDelayMs: z.number().nullable(),
  lanes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.enum(['camera', 'exitCamera', 'barrier', 'io', 'display', 'scanner', 'printer']),
    }),
  ),
  alarms: z.array(
    z.object({
      code: z.string(),
      detail: z.string(),
      figures: figuresSchema.optional().describe('What the detail says in figures'),
      severity: z.enum(['info', 'warning', 'alarm']),
      since: timestampSchema,
    }),
  ),
  /** Loops and contacts; `on` is null until the first change is heard of. */
  inputs: z.array(
    z.object({
      role: z.string(),
      on: z.boolean().nullable(),
      changedAt: timestampSchema.nullable(),
      contact: z
        .object({ terminal: z.int(), closed: z.boolean().nullable() })
        .nullable()
        .describe('The contact itself, where the device tells: before it is inverted, debounced or made a pulse of'),
    }),
  ),
  relays: z
    .object({ profile: z.string(), hold: z.string() })
    .nullable()
    .describe('How the relays of a board are told to move the arm'),
  arm: z.enum(['closed', 'moving', 'open', 'unknown']).nullable(),
  /** The newest picture of a camera: see `picture`. */
  lastPicture: z.object({ takenAt: timestampSchema, plate: plateSchema.nullable() }).nullable(),
  /** What a display shows, where it tells or was told by us. */
  showing: z.array(displayLineSchema).nullable(),
  /** What a sign was told last. */
  sign: z.object({ free: z.int(), color: displayColorSchema }).nullable(),
  /** The newest code of a scan gun: never the code itself, which may be money. */
  lastScan: z.object({ at: timestampSchema, characters: z.int() }).nullable(),
  /** The last piece of paper of a printer that keeps it: a virtual one. */
  printed: z.object({ at: timestampSchema, document: printDocumentSchema, columns: z.int() }).nullable(),
  can: abilitiesSchema,
});
export type DeviceState = z.infer<typeof deviceStateSchema>;

/** One message between us and a device. Passwords are gone, pictures are replaced by their length. */
export const exchangeSchema = z.object({
  seq: z.int(),
  at: timestampSchema,
  /** `in`: from the device. */
  direction: z.enum(['in', 'out']),
  /** What the bytes came with, e.g. `POST application/json`. */
  head: z.string(),
  /** How many bytes there were; `base64` holds the first of them, masked. */
  bytes: z.int(),
  base64: z.string(),
  /** There is more than is shown. */
  cut: z.boolean(),
});
export type Exchange = z.infer<typeof exchangeSchema>;

export const pictureSchema = z.object({
  takenAt: timestampSchema,
  contentType: z.string(),
  base64: z.string(),
});

/** A device that called us and stands in nobody's configuration. */
export const foundDeviceSchema = z.object({
  kind: deviceKindSchema,
  driver: z.string(),
  serialNo: z.string(),
  address: z.string(),
  /** What it calls itself. */
  name: z.string().nullable(),
  firstSeenAt: timestampSchema,
  lastSeenAt: timestampSchema,
  requests: z.int(),
  plate: plateSchema.nullable(),
  hasPicture: z.boolean(),
  /** Put into the configuration as it is, the station serves the device; its id is free. */
  suggestion: deviceSchema,
});
export type FoundDevice = z.infer<typeof foundDeviceSchema>;

/** A serial port of this PC. */
export const serialPortSchema = z.object({
  /** `/dev/ttyUSB0`, `COM3`. */
  path: z.string(),
  /** What the system knows of what is plugged in there; empty: nothing. */
  name: z.string(),
});
export type SerialPortView = z.infer<typeof serialPortSchema>;

const endedSchema = z.object({ outcome: z.enum(['done', 'refused', 'unknown']), detail: z.string() });
const triedLineSchema = z.string().trim().max(40);
/** Bytes in hex, with or without blanks between them. */
const hexSchema = z
  .string()
  .transform((text) => text.replace(/[\s,]/g, '').toUpperCase())
  .refine((hex) => /^([0-9A-F]{2}){1,256}$/.test(hex), '1-256 bytes in hex, two digits each');

const foundKey = { driver: z.string().min(1).max(40), serialNo: z.string().min(1).max(60) };

export const devices = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/devices',
    summary: 'All devices with link, delay and alarms',
    tags,
  }).output(z.array(deviceStateSchema)),
  found: procedure({
    access: 'manager',
    method: 'GET',
    path: '/found-devices',
    summary: 'Devices that called and are not configured',
    tags,
  }).output(z.array(foundDeviceSchema)),
  foundPicture: procedure({
    access: 'manager',
    method: 'GET',
    path: '/found-devices/{driver}/{serialNo}/picture',
    summary: 'Last picture of a device that is not configured',
    tags,
  })
    .input(z.object(foundKey))
    .output(pictureSchema),
  get: procedure({ access: 'attendant', method: 'GET', path: '/devices/{id}', summary: 'One device', tags })
    .input(z.object(deviceId))
    .output(deviceStateSchema),
  picture: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/devices/{id}/picture',
    summary: 'Last picture of a camera',
    tags,
  })
    .input(z.object(deviceId))
    .output(pictureSchema),
  /** 报文: what was said between us and the device, newest last. */
  trace: procedure({
    access: 'manager',
    method: 'GET',
    path: '/devices/{id}/trace',
    summary: 'The last messages between station and device',
    tags,
  })
    .input(z.object({ ...deviceId, afterSeq: z.coerce.number().int().min(0).default(0) }))
    .output(z.object({ exchanges: z.array(exchangeSchema), kept: z.int() })),
  selfTest: procedure({
    access: 'manager',
    method: 'POST',
    path: '/devices/{id}/self-test',
    summary: 'Test a device without moving anything',
    tags,
  })
    .input(z.object(deviceId))
    .output(z.object({ at: timestampSchema, steps: z.array(selfTestStepSchema) })),
  /** 取图: a fresh picture, for looking at; it is kept with no stay. */
  snapshot: procedure({
    access: 'manager',
    method: 'POST',
    path: '/devices/{id}/snapshot',
    summary: 'Ask a camera for a picture and wait for it',
    tags,
  })
    .input(z.object(deviceId))
    .output(pictureSchema),
  show: procedure({
    access: 'manager',
    method: 'POST',
    path: '/devices/{id}/show',
    summary: 'Show a test text on a display',
    tags,
  })
    .input(
      z
        .object({
          ...deviceId,
          lines: z
            .array(
              z.union([triedLineSchema, z.object({ text: triedLineSchema, color: displayColorSchema.optional() })]),
            )
            .max(4)
            .describe('None: only the sentence is said'),
          speech: z.string().trim().max(60).default('').describe('Said aloud, where the display can'),
          volume: z
            .int()
            .min(1)
            .max(100)
            .optional()
            .describe('So loud for this one test; a moment later the display speaks as loud as the rules say'),
        })
        .refine(({ lines, speech }) => lines.length > 0 || speech !== '', 'a line or a sentence'),
    )
    .output(endedSchema),
  /** 余位屏: for a moment, until the sign is told the true number again. */
  sign: procedure({
    access: 'manager',
    method: 'POST',
    path: '/devices/{id}/sign',
    summary: 'Show a number on a sign for free spaces',
    tags,
  })
    .input(z.object({ ...deviceId, free: z.int().min(0).max(9999), color: displayColorSchema }))
    .output(endedSchema),
  /** 发送原始字节, for installers. Not offered where an arm hangs on the line: an opening must be explained. */
  sendRaw: procedure({
    access: 'manager',
    method: 'POST',
    path: '/devices/{id}/raw',
    summary: 'Send bytes to a display, a sign or a printer as they are',
    tags,
  })
    .input(z.object({ ...deviceId, hex: hexSchema, reason: z.string().trim().min(1).max(200) }))
    .output(endedSchema),
  ports: procedure({
    access: 'manager',
    method: 'GET',
    path: '/serial-ports',
    summary: 'Serial ports of this PC; none where the system does not tell',
    tags,
  }).output(z.array(serialPortSchema)),
  /** 开闸测试: raises the arm once. It is an opening by hand like any other: reason, photo and journal. */
  pulse: procedure({
    access: 'manager',
    method: 'POST',
    path: '/devices/{id}/pulse',
    summary: 'Raise the arm once, for a test',
    tags,
  })
    .input(z.object({ ...deviceId, reason: z.string().trim().min(1).max(200), confirmed: z.literal(true) }))
    .output(deviceStateSchema),
};
