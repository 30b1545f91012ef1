import { z } from 'zod';
import { configurationChangeSchema, configurationSourceSchema } from '../domain/configuration.ts';
import { testStepSchema } from '../domain/connection-test.ts';
import { channelKindSchema } from '../domain/money-flow.ts';
import {
  areaSchema,
  deviceKindSchema,
  deviceSchema,
  laneSchema,
  platformIdSchema,
  siteSchema,
} from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';

const settings = z.record(z.string(), z.unknown());

/**
 * The configuration as one document, the same as a provision file without its users. Secrets are replaced by bullets. `tariffs`,
 * `lists`, `cards` and `berths` are what a first start begins with; later their own screens count.
 */
export const configurationDocumentSchema = z.object({
  site: siteSchema,
  areas: z.array(areaSchema),
  lanes: z.array(laneSchema),
  devices: z.array(deviceSchema),
  tariffs: z.array(settings),
  lists: z.array(settings),
  cards: z.array(settings),
  berths: z.array(settings).default([]),
  channels: z.array(z.string()),
  platforms: z.partialRecord(platformIdSchema, settings),
});
export type ConfigurationDocument = z.infer<typeof configurationDocumentSchema>;

const configurationViewSchema = z.object({
  /** Grows by one with each change; 0 while nothing was ever configured. */
  revision: z.int(),
  configured: z.boolean(),
  demo: z.boolean(),
  document: configurationDocumentSchema,
});
export type ConfigurationView = z.infer<typeof configurationViewSchema>;

/** A fault of a document: `path` as keys and indexes, `message` English, `messageZh` Chinese. */
export const configurationFaultSchema = z.object({
  path: z.array(z.union([z.string(), z.int()])),
  message: z.string(),
  messageZh: z.string(),
});
export type ConfigurationFault = z.infer<typeof configurationFaultSchema>;

/** What a change brings with it besides what it says. */
const noticeSchema = z.object({
  kind: z.enum([
    /** Everything is closed and opened again within a second or two; cars at lanes stay. */
    'reopens',
    /** A platform goes away with this many messages that were not sent; they wait until it comes back. */
    'messages-wait',
    /** A lane that cars came in by goes; they leave by any other. */
    'lane-goes',
    /** No lane leads out of the car park any more. */
    'no-exit',
    /** A lane has neither camera nor barrier. */
    'lane-bare',
    /** A lane (`name`) is to be decided by a platform (`id`) that is not in use: it goes by its own rules. */
    'authority-off',
    /** A device serves no lane. */
    'device-idle',
    /** A device (`id`) goes that this many berths are heard of by. */
    'berth-device-goes',
    /** The kerb has this many berths in use, and the site another number of spaces (`name`). */
    'berths-differ',
    /** Uids of new stays begin with another number. */
    'site-code',
    /** Made-up traffic stops, and the demo's user (`name`) is removed: from then on people sign in with accounts of their own. */
    'demo-ends',
  ]),
  id: z.string(),
  name: z.string(),
  count: z.int().nullable(),
});
export type ConfigurationNotice = z.infer<typeof noticeSchema>;

/** Where a document comes from: one from a file keeps the stored secrets wherever it has none. */
const source = z.enum(['screens', 'import', 'wizard']).default('screens');

const checkedSchema = z.object({
  faults: z.array(configurationFaultSchema),
  changes: z.array(configurationChangeSchema),
  notices: z.array(noticeSchema),
});
export type ConfigurationCheck = z.infer<typeof checkedSchema>;

const appliedSchema = z.object({
  revision: z.int(),
  reopens: z.boolean(),
  changes: z.array(configurationChangeSchema),
});

const revisionSchema = z.object({
  revision: z.int(),
  at: timestampSchema,
  by: z.string(),
  source: configurationSourceSchema,
  sha256: z.string(),
  changes: z.array(configurationChangeSchema),
});
export type ConfigurationRevision = z.infer<typeof revisionSchema>;

/** JSON Schema of settings; each field carries `title`, `titleZh`, `description`, `helpZh` and, for secrets, `secret`. */
const formSchema = z.object({ schema: settings });

const tags = ['configuration'];
const document = settings.describe(
  'A whole configuration. Bullets in the place of a secret keep what is stored; without `site.rules` the rules stay as they are',
);
const expectedRevision = z
  .int()
  .min(0)
  .describe('The revision that the changes were made from; another one is refused');

/** 系统设置: everything that makes this car park, as one document with a revision. */
export const configuration = {
  get: procedure({
    access: 'manager',
    method: 'GET',
    path: '/configuration',
    summary: 'The whole configuration, without its secrets',
    tags,
  }).output(configurationViewSchema),
  describe: procedure({
    access: 'manager',
    method: 'GET',
    path: '/configuration/forms',
    summary: 'What drivers and platforms can be set to, with words for each setting',
    tags,
  }).output(
    z.object({
      drivers: z.array(formSchema.extend({ kind: deviceKindSchema, driver: z.string() })),
      platforms: z.array(formSchema.extend({ id: platformIdSchema, title: z.string(), testable: z.boolean() })),
      /** What the enabled platforms offer: the ids that `channels` of the document may name. */
      channels: z.array(z.object({ id: z.string(), title: z.string(), kind: channelKindSchema })),
      /** Of the site, an area, a lane, and of the passage rules. */
      site: settings,
      area: settings,
      lane: settings,
      rules: settings,
    }),
  ),
  check: procedure({
    access: 'manager',
    method: 'POST',
    path: '/configuration/check',
    summary: 'What is wrong with a document, and what applying it would do',
    tags,
  })
    .input(z.object({ document, source }))
    .output(checkedSchema),
  apply: procedure({
    access: 'manager',
    method: 'POST',
    path: '/configuration',
    summary: 'Apply a whole document; the station opens again with it by itself',
    tags,
  })
    .input(
      z.object({
        document,
        expectedRevision,
        source,
      }),
    )
    .output(appliedSchema),
  history: procedure({
    access: 'manager',
    method: 'GET',
    path: '/configuration/revisions',
    summary: 'Earlier configurations, the newest first',
    tags,
  }).output(z.array(revisionSchema)),
  /** Makes an earlier configuration the present one, as a new revision. */
  restore: procedure({
    access: 'manager',
    method: 'POST',
    path: '/configuration/revisions/{revision}/restore',
    summary: 'Go back to an earlier configuration',
    tags,
  })
    .input(z.object({ revision: z.coerce.number().int().min(1), expectedRevision }))
    .output(appliedSchema),
  /** What going back to an earlier configuration would do. */
  preview: procedure({
    access: 'manager',
    method: 'GET',
    path: '/configuration/revisions/{revision}',
    summary: 'An earlier configuration, and what going back to it would do',
    tags,
  })
    .input(z.object({ revision: z.coerce.number().int().min(1) }))
    .output(checkedSchema.extend({ document: configurationDocumentSchema })),
  /** As a provision file. With secrets only for administrators who give their password again. */
  export: procedure({
    access: 'manager',
    method: 'POST',
    path: '/configuration/export',
    summary: 'The whole configuration as one file',
    tags,
  })
    .input(z.object({ secrets: z.boolean().default(false), password: z.string().max(200).optional() }))
    .output(z.file()),
};

export const platforms = {
  /** 连接测试. Uses the settings given, saved or not; changes nothing on either side. */
  test: procedure({
    access: 'manager',
    method: 'POST',
    path: '/platforms/{platform}/test',
    summary: 'Try the connection to a platform with these settings, and say which step failed',
    tags: ['configuration'],
  })
    .input(z.object({ platform: platformIdSchema, settings }))
    .output(z.object({ steps: z.array(testStepSchema) })),
};
