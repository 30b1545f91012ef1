import { down, parameters } from '../define.ts';
import { paging, period, plate } from '../down-fields.ts';
import { exitsFound } from '../records-found.ts';

/** Exits of cars whose plate contains what is given. */
export const GetCarInOutInfoByPlate = down({
  name: 'GetCarInOutInfoByPlate',
  title: '车牌查询停车信息接口',
  section: '下行1.1',
  schema: parameters({ plateNo: plate(), ...period, ...paging }),
  sample: {
    plateNo: 'D0200',
    startTime: '2026-12-01 00:00:00',
    endTime: '2026-12-31 23:59:59',
    pageIndex: 1,
    pageCount: 10,
  },
  handle: ({ plateNo, ...asked }, { at }, context) => exitsFound({ ...asked, plate: plateNo }, at, context),
});
