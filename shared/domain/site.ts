import { z } from 'zod';
import { passageRulesSchema } from './passage-rules.ts';
import { vehicleClassSchema } from './vehicle.ts';

/** Identifier of a lane, device, area or user in the configuration: letters, digits, `-`, `_`, `.`. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/, 'must be 1-40 letters, digits, - _ or .');

/** `gated`: cars pass barriers (停车场) · `kerbside`: cars stand in berths along roads, and nothing stops them (路内停车). */
export const siteKindSchema = z.enum(['gated', 'kerbside']);
export type SiteKind = z.infer<typeof siteKindSchema>;

/** The car park itself. `openSpaces` is what the public may use; the rest is reserved. */
export const siteSchema = z
  .strictObject({
    code: z
      .string()
      .min(1)
      .max(39)
      .describe(
        'Number of the car park; with the entrance number and 17 digits of time it makes the uid of a stay, 60 at most',
      ),
    name: z.string().min(1).max(60),
    kind: siteKindSchema
      .default('gated')
      .describe('gated: barriers and lanes · kerbside: berths along roads, a car in one is a stay'),
    address: z.string().max(200).default(''),
    totalSpaces: z.int().min(0).max(999_999),
    openSpaces: z.int().min(0).max(999_999),
    defaultVehicleClass: vehicleClassSchema.default('small'),
    samePlateSeconds: z
      .int()
      .min(0)
      .max(600)
      .default(60)
      .describe('The same plate read again at the same lane within this time is the same car'),
    quotas: z
      .array(
        z.strictObject({
          id: idSchema,
          name: z.string().min(1).max(60),
          spaces: z.int().min(0).max(999_999),
        }),
      )
      .default([])
      .describe('Spaces reserved for the cards of a tenant; they are not among the open spaces'),
    rules: passageRulesSchema.prefault({}),
  })
  .refine((site) => site.openSpaces <= site.totalSpaces, {
    path: ['openSpaces'],
    message: 'must not exceed totalSpaces',
  });
export type Site = z.infer<typeof siteSchema>;

export const areaSchema = z.strictObject({
  id: idSchema,
  code: z.int().min(1).max(9999),
  name: z.string().min(1).max(60),
  spaces: z.int().min(0).max(999_999),
  /** The area around this one (内场/小车场): its lanes lead from there and back, and only the outer exit ends a stay. */
  parent: idSchema.optional(),
  access: z.enum(['all', 'cards']).default('all').describe('cards: only cars on a card, booking or visit may drive in'),
});
export type Area = z.infer<typeof areaSchema>;

export const laneDirectionSchema = z.enum(['in', 'out']);
export type LaneDirection = z.infer<typeof laneDirectionSchema>;

/** A platform that decides at a lane: it is asked about every car, and asked again while the car waits. */
export const authoritySchema = z.strictObject({
  platform: z.enum(['qingdao', 'shenzhen', 'keytop', 'vanke', 'cmb']),
  pollSeconds: z.int().min(1).max(60).default(2).describe('Pause after a refusal before the platform is asked again'),
  retrySeconds: z.int().min(1).max(60).default(1).describe('Pause after a question without an answer'),
  giveUpAfter: z
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('Failed questions in a row after which the station acts alone'),
  onGiveUp: z
    .enum(['release', 'local', 'wait'])
    .default('release')
    .describe('release: open for this car · local: decide by our own rules · wait: a person decides'),
  rules: z
    .enum(['platform', 'both'])
    .default('platform')
    .describe('Who stops a car: the platform alone, which is asked about every car, or our own rules first'),
  fees: z
    .enum(['platform', 'local'])
    .default('platform')
    .describe('Who prices and collects at an exit: the platform, whose open is the whole answer, or our own tariff'),
});
export type LaneAuthority = z.infer<typeof authoritySchema>;

/** A lane (车道): one barrier, one camera. `number` is the entrance or exit number that platforms are told. */
export const laneSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(60),
  /** `both`: one lane for both ways; with two cameras the one that reads tells the way, else whether the car is inside. */
  direction: z.enum(['in', 'out', 'both']),
  reversible: z.boolean().default(false).describe('The attendant may turn it (潮汐车道); direction is how it starts'),
  number: z.int().min(1).max(9999),
  area: idSchema,
  booth: z.string().max(20).optional(),
  camera: idSchema.optional(),
  exitCamera: idSchema.optional().describe('Second camera of a lane for both ways, looking at cars that leave'),
  authority: authoritySchema.optional(),
  barrier: idSchema.optional(),
  io: idSchema.optional().describe('Board with the loops of the lane, where another device moves the arm'),
  display: idSchema.optional(),
  scanner: idSchema.optional().describe('Scan gun for payment codes; several lanes of a booth may share one'),
  printer: idSchema.optional().describe('Receipt printer; several lanes of a booth may share one'),
  tariff: idSchema.optional(),
});
export type Lane = z.infer<typeof laneSchema>;

export const deviceKindSchema = z.enum([
  'camera',
  'barrier',
  // 输入板: loops and limit switches alone.
  'io',
  'display',
  'scanner',
  'printer',
  // 余位屏: a number and a colour.
  'sign',
  // 地磁车位检测器 · 视频桩、高位视频: they tell which berths are taken.
  'berth-sensor',
  'berth-camera',
]);
export type DeviceKind = z.infer<typeof deviceKindSchema>;

/** A device; `settings` is parsed by the schema of its driver. */
export const deviceSchema = z.strictObject({
  id: idSchema,
  kind: deviceKindSchema,
  driver: z.string().min(1).max(40),
  settings: z.record(z.string(), z.unknown()).default({}),
});
export type DeviceConfig = z.infer<typeof deviceSchema>;

export const roleSchema = z.enum(['attendant', 'manager', 'admin']);
/** attendant 收费员 · manager 车场经理 · admin 系统管理员; each may do all that the one before may. */
export type Role = z.infer<typeof roleSchema>;

export const platformIdSchema = z.enum(['qingdao', 'shenzhen', 'keytop', 'vanke', 'cmb']);
export type PlatformId = z.infer<typeof platformIdSchema>;

/** Counts of spaces at one moment. `free` = open spaces not taken, never below zero. */
export const spacesSchema = z.object({ total: z.int(), open: z.int(), free: z.int(), inside: z.int() });
export type Spaces = z.infer<typeof spacesSchema>;
