import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

/** Settings about what the city may change here. */
export const registrySettings = {
  parameters: z
    .strictObject({
      automaticOpening: z
        .boolean()
        .default(false)
        .describe('The city may switch on what opens an arm by itself (chargeOverTimeAutoOpen 0, alarmGateType 1)')
        .meta(setting('允许下发自动开闸', '允许云平台开启超时放行、预警自动开闸', 'Automatic opening')),
    })
    .prefault({})
    .meta(setting('参数下发', '云平台可以修改的参数', 'Parameters', { description: 'What the city may change' })),
};
