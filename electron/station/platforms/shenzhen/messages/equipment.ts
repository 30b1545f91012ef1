import { z } from 'zod';
import { deviceKindSchema } from '../../../../../shared/domain/site.ts';
import { devicesToTell, equipmentCodeOf, equipmentStateOf, equipmentTypeOf } from '../devices.ts';
import { noncestrOf, toCompact } from '../fields.ts';
import { newest } from '../newest.ts';
import { RANKS } from '../ranks.ts';

/** A device, and whether it works: at the start, when that changes, and by the clock together with the berths. */
export const equipment = newest({
  name: 'equipment',
  title: '设备信息上报',
  section: '6.3.3',
  rank: RANKS.devices,
  everyMs: ({ settings }) => settings.reports.berthStatusMs,
  schema: z.strictObject({
    equipmentCode: z.string().min(1).max(36),
    state: z.literal([0, 1]),
    kind: deviceKindSchema,
  }),
  sample: { equipmentCode: 'EQ-0001', state: 1, kind: 'camera' },
  keys: (context) => devicesToTell(context).map(({ id }) => id),
  concerns: ({ kind }) => (kind === 'device-state' || kind === 'config-applied' ? 'all' : []),
  look: (id, context) => {
    const device = devicesToTell(context).find((each) => each.id === id);
    if (device === undefined) return undefined;
    const equipmentCode = equipmentCodeOf(id, context.settings);
    return { body: { equipmentCode, state: equipmentStateOf(device), kind: device.kind } };
  },
  wire: ({ equipmentCode, state, kind }, context) => ({
    equipmentCode,
    state,
    parkCode: context.settings.parkCode,
    equipmentType: equipmentTypeOf(kind, context.settings),
    createTime: toCompact(context.clock.now()),
    noncestr: noncestrOf(context),
  }),
});
