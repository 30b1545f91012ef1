import { z } from 'zod';
import { text } from '../../wire-fields.ts';
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

const schema = z.strictObject({
  uid,
  arriveID: text(60),
  parkingCode,
  ...vehicleFields,
  ...boothFields,
  ...berthFields,
  ...entryFields,
});

/** A vehicle entered. One uid is uploaded once; corrections are another interface. */
export const uploadCarInData = up({
  name: 'uploadCarInData',
  title: '上传车辆入场记录',
  section: '四(一)1',
  schema,
  sample: {
    uid: '1001120260302080509123',
    arriveID: 'entry_1',
    parkingCode: '1001',
    plateNo: '鲁B01C01',
    plateColor: 1,
    carType: 1,
    parkingType: 1,
    gateNo: '1',
    operatorCode: '01C001',
    totalBerthNum: 150,
    openBerthNum: 130,
    freeBerthNum: 70,
    entryNum: '1',
    arriveTime: '2026-03-02 08:05:09',
  },
  from: {
    'vehicle-entered': ({ body, actor }, { settings }) => ({
      recordId: body.stay.entryRecordId,
      key: body.stay.uid,
      body: {
        uid: body.stay.uid,
        arriveID: body.stay.entryRecordId,
        parkingCode: settings.parkingCode,
        ...vehicleOf(body.stay, settings),
        ...boothOf(body, actor),
        ...berthsOf(body.spaces),
        ...entryOf(body.stay),
      },
    }),
  },
  wire: ({ arriveID, ...rest }, context) =>
    record(
      { ...rest, ...spelled(['arriveID', 'arrivalID'], context.settings.fields.entryRecordId, arriveID) },
      context,
    ),
});
