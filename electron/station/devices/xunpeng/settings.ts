import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { idSchema } from '../../../../shared/domain/site.ts';
import { serialSettings, tcpSettingsWithoutPort } from '../line-settings.ts';

const sign = {
  area: idSchema
    .optional()
    .describe('Whose free spaces it shows: those of this area; absent: of the car park')
    .meta(setting('区域', '显示哪个区域的余位；不填为全场余位', 'Area')),
  digits: z
    .int()
    .min(1)
    .max(4)
    .default(3)
    .describe('How many digits it has room for; more than that is shown as the largest number')
    .meta(setting('位数', '屏上能显示几位数字，超出按最大数显示', 'Digits')),
};

export const serialSchema = z.strictObject({ ...serialSettings(9600), ...sign });
export const tcpSchema = z.strictObject({ ...tcpSettingsWithoutPort(), ...sign });
export type SignSettings = Pick<z.output<typeof serialSchema>, keyof typeof sign>;
