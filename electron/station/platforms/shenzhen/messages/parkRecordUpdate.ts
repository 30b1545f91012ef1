import { z } from 'zod';
import type { Stay } from '../../../../../shared/domain/stay.ts';
import type { ShenzhenSettings } from '../config.ts';
import { up } from '../define.ts';
import { instant, toEpoch } from '../fields.ts';
import { isFirstPlate, recordFields, recordOf, recordWire, sampleRecord } from '../records.ts';

const bodyOf = (stay: Stay, settings: ShenzhenSettings) => ({ ...recordOf(stay, settings), exitTime: stay.exitedAt });

const reading = (before: Stay, stay: Stay, seq: number, settings: ShenzhenSettings) => {
  const body = bodyOf(stay, settings);
  const isKnown = JSON.stringify(bodyOf(before, settings)) === JSON.stringify(body);
  return isKnown ? undefined : { recordId: `${stay.entryRecordId}-${seq}`, key: stay.uid, body };
};

/**
 * A record that was told is put right: the whole of it as it is from then on. Amounts and pictures cannot be; an exit that was withdrawn
 * neither, for there is no way to say that a car is inside again: its next exit is told as a correction instead.
 */
export const parkRecordUpdate = up({
  name: 'parkRecordUpdate',
  title: '停车记录修改',
  section: '6.3.9',
  schema: z.strictObject({ ...recordFields, exitTime: instant.nullable() }),
  sample: { ...sampleRecord, exitTime: 1_506_503_939_000 },
  from: {
    'stay-corrected': ({ body: { what, before, stay }, seq }, { settings }) => {
      if (what === 'void' || what === 'reopened' || isFirstPlate(before.plate, stay, settings)) return undefined;
      return reading(before, stay, seq, settings);
    },
    'plate-corrected': ({ body: { before, stay }, seq }, { settings }) => {
      if (stay === null || isFirstPlate(before, stay, settings)) return undefined;
      return reading({ ...stay, plate: before }, stay, seq, settings);
    },
  },
  wire: ({ exitTime, ...body }, context) => ({
    ...recordWire(body, context),
    exitTime: exitTime === null ? undefined : toEpoch(exitTime, context.settings),
    recordCode: body.recordCode,
  }),
});
