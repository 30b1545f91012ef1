import { z } from 'zod';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { zhSettings } from '../../lib/i18n/office/settings.zh.ts';

type Forms = Awaited<ReturnType<StationClient['configuration']['describe']>>;

const schemaSchema = z.object({
  required: z.array(z.string()).default([]),
  properties: z.record(
    z.string(),
    z.looseObject({
      type: z.string().optional(),
      title: z.string().optional(),
      titleZh: z.string().optional(),
      secret: z.boolean().default(false),
    }),
  ),
});

/** A maker of cameras, and what has to be filled in for one of his. */
export interface Maker {
  readonly driver: string;
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly title: string; readonly secret: boolean }[];
  /** His cameras call this PC, at an address that is set in them. */
  readonly pushes: boolean;
}

const PUSHING = ['vzenith-http', 'hikvision', 'dahua', 'huaxia'];

/** Before the station has told of more. */
export const FIRST_MAKER = { driver: 'vzenith-http', needed: ['serialNo'] } as const;

const { drivers } = zhSettings.device;
const isNamed = (driver: string): driver is keyof typeof drivers => Object.hasOwn(drivers, driver);

/** The makers whose cameras this station speaks with, the most usual one first. */
export function makersOf(forms: Forms | null, t: Translate, language: Language): readonly Maker[] {
  return (forms?.drivers ?? [])
    .filter(({ kind, driver }) => kind === 'camera' && driver !== 'virtual')
    .map(({ driver, schema }) => {
      const { required, properties } = schemaSchema.catch({ required: [], properties: {} }).parse(schema);
      const fields = required.flatMap((name) => {
        const field = properties[name];
        if (field?.type !== 'string') return [];
        const title = (language === 'en' ? field.title : field.titleZh) ?? name;
        return [{ name, title, secret: field.secret }];
      });
      const name = isNamed(driver) ? t(`settings.device.drivers.${driver}`) : driver;
      return { driver, name, fields, pushes: PUSHING.includes(driver) };
    });
}
