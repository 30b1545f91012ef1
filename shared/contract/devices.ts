import { z } from 'zod';
import { selfTestStepSchema } from '../domain/device-test.ts';
import { displayLineSchema } from '../domain/display.ts';
import { figuresSchema } from '../domain/events.ts';
import { plateSchema } from '../domain/plate.ts';
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
      role: z.enum(['camera', 'exitCamera', 'barrier', 'display', 'scanner', 'printer']),
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
  inputs: z.array(z.object({ role: z.string(), on: z.boolean().nullable(), changedAt: timestampSchema.nullable() })),
  arm: z.enum(['closed', 'moving', 'open', 'unknown']).nullable(),
  /** The newest picture of a camera: see `picture`. */
  lastPicture: z.object({ takenAt: timestampSchema, plate: plateSchema.nullable() }).nullable(),
  /** What a display shows, where it tells or was told by us. */
  showing: z.array(displayLineSchema).nullable(),
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
    .input(z.object({ ...deviceId, lines: z.array(z.string().trim().max(40)).min(1).max(4) }))
    .output(z.object({ outcome: z.enum(['done', 'refused', 'unknown']), detail: z.string() })),
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
