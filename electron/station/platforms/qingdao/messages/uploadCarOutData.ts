import { z } from 'zod';
import { shanghaiDateTime } from '../../../../../shared/domain/time.ts';
import { text, wireTime } from '../../wire-fields.ts';
import { record, spelled, up } from '../define.ts';
import {
  berthFields,
  berthsOf,
  boothFields,
  boothOf,
  entryFields,
  entryOf,
  fen,
  parkingCode,
  uid,
  vehicleFields,
  vehicleOf,
} from '../fields.ts';

const schema = z.strictObject({
  uid,
  endID: text(60),
  parkingCode,
  ...vehicleFields,
  ...boothFields,
  ...berthFields,
  ...entryFields,
  endTime: wireTime,
  outNum: text(50),
  chargeFee: fen,
  shouldPay: fen,
});

/** A vehicle left. Free and monthly stays send 0 and 0. */
export const uploadCarOutData = up({
  name: 'uploadCarOutData',
  title: '上传车辆离场记录',
  section: '四(一)3',
  schema,
  sample: {
    uid: '1001120260302080509123',
    endID: 'exit_1',
    parkingCode: '1001',
    plateNo: '鲁B01C01',
    plateColor: 1,
    carType: 1,
    parkingType: 1,
    gateNo: '1',
    operatorCode: '01C001',
    totalBerthNum: 150,
    openBerthNum: 130,
    freeBerthNum: 71,
    entryNum: '1',
    arriveTime: '2026-03-02 08:05:09',
    endTime: '2026-03-02 11:05:10',
    outNum: '2',
    chargeFee: 800,
    shouldPay: 800,
  },
  from: {
    'vehicle-exited': ({ body, actor, at }, { settings }) => {
      const { stay } = body;
      const endID = stay.exitRecordId ?? stay.uid;
      return {
        recordId: endID,
        key: stay.uid,
        body: {
          uid: stay.uid,
          endID,
          parkingCode: settings.parkingCode,
          ...vehicleOf(stay, settings),
          ...boothOf(body, actor),
          ...berthsOf(body.spaces),
          ...entryOf(stay),
          endTime: shanghaiDateTime(stay.exitedAt ?? at),
          outNum: String((stay.exitLane ?? body.lane).number),
          chargeFee: stay.chargeFen,
          shouldPay: stay.dueFen,
        },
      };
    },
  },
  wire: ({ endID, ...rest }, context) =>
    record({ ...rest, ...spelled(['endID', 'exitID'], context.settings.fields.exitRecordId, endID) }, context),
});
