import { z } from 'zod';
import type { Actor } from '../../../../../shared/domain/events.ts';
import type { Spaces } from '../../../../../shared/domain/site.ts';
import type { Stay } from '../../../../../shared/domain/stay.ts';
import type { Reading } from '../../define-message.ts';
import { code, text } from '../../wire-fields.ts';
import type { QingdaoSettings } from '../config.ts';
import { record, spelled, up } from '../define.ts';
import {
  berthFields,
  berthsOf,
  boothFields,
  boothOf,
  entryFields,
  entryOf,
  parkingCode,
  uid,
  vehicleFields,
  vehicleOf,
} from '../fields.ts';

const MODIFY = 0;
export const DELETE = 1;

/** Not every correction counts spaces: null is filled with what counts when it leaves. */
const berths = {
  totalBerthNum: berthFields.totalBerthNum.nullable(),
  openBerthNum: berthFields.openBerthNum.nullable(),
  freeBerthNum: berthFields.freeBerthNum.nullable(),
};

const schema = z.strictObject({
  uid,
  arriveID: text(60),
  operateType: code([MODIFY, DELETE]),
  parkingCode,
  ...vehicleFields,
  ...boothFields,
  ...berths,
  ...entryFields,
});

/** Entries that never were: withdrawn by a person while the car stood there, so no city is to keep them. */
const NEVER_WAS = new Set(['turned-back', 'back-fill-withdrawn']);

/** What the city holds of an entry; a correction of anything else is none to it. */
const seen = (stay: Stay, settings: QingdaoSettings) => ({ ...vehicleOf(stay, settings), ...entryOf(stay) });

function reading(
  operateType: number,
  { stay, spaces }: { readonly stay: Stay; readonly spaces: Spaces | null },
  { actor, seq }: { readonly actor: Actor; readonly seq: number },
  settings: QingdaoSettings,
): Reading<z.input<typeof schema>> {
  return {
    // An entry may be corrected any number of times, and the journal numbers them.
    recordId: `${stay.entryRecordId}-${seq}`,
    key: stay.uid,
    body: {
      uid: stay.uid,
      arriveID: stay.entryRecordId,
      operateType,
      parkingCode: settings.parkingCode,
      ...seen(stay, settings),
      ...boothOf({ booth: null }, actor),
      ...(spaces === null ? { totalBerthNum: null, openBerthNum: null, freeBerthNum: null } : berthsOf(spaces)),
    },
  };
}

/**
 * An entry that was uploaded was put right, or is to be deleted. It says the whole record as it is from then on (D28); the entry
 * itself is never uploaded a second time.
 */
export const uploadModifyCarInData = up({
  name: 'uploadModifyCarInData',
  title: '上传订单修改信息',
  section: '四(一)2',
  schema,
  sample: {
    uid: '1001120260302080509123',
    arriveID: 'entry_1',
    operateType: MODIFY,
    parkingCode: '1001',
    plateNo: '鲁B01C01',
    plateColor: 1,
    carType: 1,
    parkingType: 1,
    gateNo: null,
    operatorCode: '01C001',
    totalBerthNum: 150,
    openBerthNum: 130,
    freeBerthNum: 70,
    entryNum: '1',
    arriveTime: '2026-03-02 08:05:09',
  },
  from: {
    'stay-corrected': (event, { settings }) => {
      const { what, before, stay } = event.body;
      if (what === 'void') return reading(DELETE, event.body, event, settings);
      const same = JSON.stringify(seen(before, settings)) === JSON.stringify(seen(stay, settings));
      return same ? undefined : reading(MODIFY, event.body, event, settings);
    },
    'plate-corrected': (event, { settings }) => {
      const { before, after, stay } = event.body;
      if (stay === null || JSON.stringify(before) === JSON.stringify(after)) return undefined;
      return reading(MODIFY, { stay, spaces: null }, event, settings);
    },
    'stay-closed': (event, { settings }) => {
      const { stay, reason } = event.body;
      const unwanted = NEVER_WAS.has(reason) || settings.corrections.closedStays === 'delete';
      // With the entry the city would lose what its bill belongs to.
      return unwanted && stay.paidFen === 0 ? reading(DELETE, event.body, event, settings) : undefined;
    },
  },
  wire: ({ arriveID, arriveTime, totalBerthNum, openBerthNum, freeBerthNum, ...rest }, context) => {
    const { fields } = context.settings;
    const counted =
      totalBerthNum === null || openBerthNum === null || freeBerthNum === null
        ? berthsOf(context.commands.spaces())
        : { totalBerthNum, openBerthNum, freeBerthNum };
    return record(
      {
        ...rest,
        ...counted,
        ...spelled(['arriveID', 'arrivalID'], fields.entryRecordId, arriveID),
        ...spelled(['arriveTime', 'arrivalTime'], fields.modifyArriveTime, arriveTime),
      },
      context,
    );
  },
});
