import {
  type ShenzhenSettings,
  shenzhenSettingsSchema,
} from '../../../../electron/station/platforms/shenzhen/config.ts';

export type Data = Readonly<Record<string, unknown>>;

export const KEYS = { accessKey: '0667bb1c1aa7fb1f', accessSecret: 'adfdcdfdfdfdf', parkCode: '80010001' } as const;

/** A car park in Shenzhen that told where it is. */
export const SITE = { longitude: 114.057868, latitude: 22.543099 } as const;

export const settings = (changes: Data = {}): ShenzhenSettings =>
  shenzhenSettingsSchema.parse({ baseUrl: 'http://127.0.0.1:9', ...KEYS, ...changes });
