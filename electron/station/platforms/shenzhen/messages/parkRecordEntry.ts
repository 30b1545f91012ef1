import { z } from 'zod';
import type { Stay } from '../../../../../shared/domain/stay.ts';
import type { ShenzhenSettings } from '../config.ts';
import { up } from '../define.ts';
import { pictureOf } from '../photo-links.ts';
import { isFirstPlate, recordFields, recordOf, recordWire, sampleRecord } from '../records.ts';

const again = (stay: Stay, seq: number, settings: ShenzhenSettings) => ({
  recordId: `${stay.entryRecordId}-${seq}`,
  key: stay.uid,
  body: recordOf(stay, settings),
});

/** A car came in. Told again when it gets its first plate inside: the latest counts. */
export const parkRecordEntry = up({
  name: 'parkRecordEntry',
  title: '停车记录入场',
  section: '6.3.7',
  schema: z.strictObject(recordFields),
  sample: sampleRecord,
  from: {
    'vehicle-entered': ({ body: { stay } }, { settings }) => ({
      recordId: stay.entryRecordId,
      key: stay.uid,
      body: recordOf(stay, settings),
    }),
    'stay-corrected': ({ body: { what, before, stay }, seq }, { settings }) =>
      what !== 'void' && isFirstPlate(before.plate, stay, settings) ? again(stay, seq, settings) : undefined,
    'plate-corrected': ({ body: { before, stay }, seq }, { settings }) =>
      stay !== null && isFirstPlate(before, stay, settings) ? again(stay, seq, settings) : undefined,
  },
  wire: (body, context) => ({
    ...recordWire(body, context),
    recordCode: body.recordCode,
    inFeaturePic: pictureOf(body.uid, 'entry', context),
    // The cameras send one picture; there is none of the plate alone.
    inPlatePic: '',
    [context.settings.wire.dataSourceField]: context.settings.wire.dataSource,
  }),
});
