import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';

/** Settings about what the city is told of the car park itself. */
export const siteSettings = {
  site: z
    .strictObject({
      cityCode: z
        .string()
        .regex(/^\d{1,20}$/, 'must be digits')
        .default('440300')
        .describe('National code of the city')
        .meta(setting('城市编码', '国家行政区划代码', 'City code')),
    })
    .prefault({})
    .meta(
      setting('车场信息', '上报的车场静态信息', 'Car park', { description: 'What the city is told of the car park' }),
    ),
  reports: z
    .strictObject({
      berthStatusMs: ms(1000, 3_600_000)
        .default(300_000)
        .describe('Pause between two reports of the berths of each video device (6.3.4)')
        .meta(setting('泊位心跳（毫秒）', '每台视频设备多久上报一次泊位状态', 'Berths every (ms)')),
    })
    .prefault({})
    .meta(setting('上报节奏', '定时与变化上报', 'When it is told', { description: 'By the clock, and on change' })),
};
