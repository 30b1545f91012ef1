import { answering } from '../answering.ts';

/** The answer to {@link specialCar}: 5 s are aimed at, 20 s are demanded (D45). */
export const confirmSpecialCar = answering({
  name: 'confirmSpecialCar',
  title: '黑白名单信息确认',
  section: '四(八)2',
  params: {
    parkingCode: '1001',
    plateNo: '鲁B01001',
    carType: 1,
    operateType: 1,
    operate: 0,
    remark: '应急救援车辆',
    operateTime: '2026-03-02 08:08:08',
    startTime: '2026-03-02 08:08:08',
    endTime: '2026-12-31 23:59:59',
  },
});
