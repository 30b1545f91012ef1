import { z } from 'zod';
import { errorText } from '../../runtime/errors.ts';
import { readPrivateKey, readPublicKey } from './keys.ts';

const key = (read: (text: string) => unknown) =>
  z
    .string()
    .min(1)
    .max(20_000)
    .superRefine((text, context) => {
      try {
        read(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: errorText(error) });
      }
    });

const url = (schemes: readonly string[]) =>
  z.string().superRefine((text, context) => {
    const found = URL.canParse(text) ? new URL(text) : undefined;
    if (found === undefined || !schemes.includes(found.protocol.slice(0, -1)) || found.hostname === '')
      context.addIssue({
        code: 'custom',
        message: `must be an address with ${schemes.map((s) => `${s}://`).join(', ')}`,
      });
  });

const ms = (min: number, max: number) => z.int().min(min).max(max);
const path = z.string().regex(/^[A-Za-z0-9_./-]{1,100}$/, 'must be a path after the base URL');
const certificate = z.string().min(1).max(500);

const cryptoSchema = z.strictObject({
  encoding: z.enum(['base64', 'hex']).default('base64').describe('How cipher and sign are written as text'),
  signInput: z
    .enum(['text', 'bytes'])
    .default('text')
    .describe('Sign the cipher as text, or its bytes before encoding'),
  uplinkKey: z
    .enum(['platformPublic', 'userPrivate'])
    .default('platformPublic')
    .describe('Key that encrypts requests; some cities of the same family use the private one'),
  hash: z.enum(['SHA1', 'MD5']).default('SHA1').describe('Hash of the signature'),
  downlink: z
    .enum(['auto', 'mirrored', 'platformPrivate'])
    .default('auto')
    .describe('How notices are encrypted: for our key (mirrored), with the platform private key, or try both'),
});

const mqttSchema = z.strictObject({
  url: url(['mqtt', 'mqtts', 'ws', 'wss']).describe('Address of the broker, e.g. mqtt://host:1883'),
  username: z.string().min(1).max(200).optional().describe('Empty: the access number, with the node number if set'),
  password: z.string().min(1).max(5000).optional().describe('Empty: the user private key as one line of Base64'),
  node: z.int().min(0).max(9999).optional().describe('Number of this node when several share one access number'),
  clientId: z.string().min(1).max(200).optional().describe('Empty: same as the user name'),
  leadingSlash: z.enum(['both', 'never', 'always']).default('both').describe('Whether topics begin with a slash'),
  legacyTopics: z.boolean().default(false).describe('Also subscribe to the older names of topics'),
  scope: z.enum(['park', 'platform']).default('park').describe('One car park, or all of this access number'),
  keepaliveSeconds: z.int().min(5).max(3600).default(60),
  caFile: certificate.optional().describe('PEM file of the authority that signed the broker certificate'),
  connectTimeoutMs: ms(1000, 120_000).default(15_000),
  reconnectFirstMs: ms(100, 60_000).default(1000).describe('Pause before the first new attempt; doubles each time'),
  reconnectMaxMs: ms(1000, 600_000).default(60_000),
});

/** Settings of `platforms.qingdao`. Where the specification leaves something open, the choice is a setting (see README). */
export const qingdaoSettingsSchema = z.strictObject({
  enabled: z.boolean().default(true),
  baseUrl: url(['http', 'https']).describe('Address up to and with /api/v1/cp; only a host: that path is added'),
  accessId: z.string().min(1).max(64).describe('Access number (接入系统编号) given by the platform'),
  parkingCode: z.string().min(1).max(45).describe('Car-park number (停车场编号) at the platform'),
  platformPublicKey: key(readPublicKey).describe('Public key of the platform: PEM or one line of Base64'),
  userPrivateKey: key(readPrivateKey).describe('Our own private key: PEM or one line of Base64'),
  mqtt: mqttSchema.optional().describe('Notices from the platform; absent: none are received'),
  crypto: cryptoSchema.prefault({}),
  payload: z
    .strictObject({
      dataAs: z.enum(['object', 'string']).default('object').describe('Whether data is JSON, or JSON inside a string'),
      emptyAs: z.enum(['omit', 'null', 'emptyString']).default('omit').describe('How an empty field is written'),
    })
    .prefault({}),
  fields: z
    .strictObject({
      entryRecordId: z.enum(['arriveID', 'arrivalID', 'both']).default('arriveID'),
      exitRecordId: z.enum(['endID', 'exitID', 'both']).default('endID'),
    })
    .prefault({})
    .describe('Names of fields that the specification spells in two ways'),
  defaults: z
    .strictObject({
      plateColor: z.int().min(1).max(6).default(1).describe('Code sent for a plate whose colour is not known'),
      carType: z.int().min(1).max(3).optional().describe('Code sent for a car without a readable plate'),
    })
    .prefault({}),
  http: z
    .strictObject({
      paths: z.record(z.string(), path).default({}).describe('Other paths for single interfaces, by their names'),
      caFile: certificate.optional().describe('PEM file of the authority that signed the server certificate'),
    })
    .prefault({}),
  heartbeat: z
    .strictObject({
      timeFields: z
        .array(z.string().min(1).max(40))
        .max(20)
        .default(['serverTime', 'serverDate', 'systemTime', 'sysTime', 'currentTime', 'time', 'timestamp'])
        .describe('Names under which the answer may carry the platform clock'),
    })
    .prefault({}),
  clock: z
    .strictObject({ maxSkewMs: ms(500, 3_600_000).default(5000).describe('Larger deviation from the platform: alarm') })
    .prefault({}),
  intervals: z
    .strictObject({
      parkingStateMs: ms(1000, 3_600_000).default(60_000),
      heartbeatMs: ms(1000, 3_600_000).default(600_000),
    })
    .prefault({}),
  timeouts: z
    .strictObject({
      connectMs: ms(100, 60_000).default(3000),
      headersMs: ms(100, 120_000).default(10_000),
      bodyMs: ms(100, 120_000).default(10_000),
      totalMs: ms(100, 300_000).default(20_000),
      confirmMs: ms(1000, 600_000).default(20_000).describe('A notice not confirmed for this long raises an alarm'),
    })
    .prefault({}),
  outbox: z
    .strictObject({
      firstMs: ms(100, 600_000).default(5000).describe('Pause after the first failure of a message; doubles each time'),
      maxMs: ms(1000, 3_600_000).default(300_000),
      probeMs: ms(100, 600_000).default(10_000).describe('While the link is down, one message is tried this often'),
      attemptDays: z
        .int()
        .min(1)
        .max(3650)
        .default(30)
        .describe('Days for which the attempts of a delivered message stay to be looked at'),
    })
    .prefault({}),
  concurrency: z.int().min(1).max(32).default(4).describe('Requests on their way at once'),
});
export type QingdaoSettings = z.output<typeof qingdaoSettingsSchema>;

/** The access number as MQTT user, client and topic level: with `_n` on node n (D07). */
export const nodeName = ({ accessId, mqtt }: QingdaoSettings): string =>
  mqtt?.node === undefined ? accessId : `${accessId}_${mqtt.node}`;
