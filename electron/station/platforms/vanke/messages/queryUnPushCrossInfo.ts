import { crossingSchema, crossingWire } from '../crossing.ts';
import { down } from '../define.ts';
import { unpushed, unpushedSchema } from '../unpushed.ts';

/** 查询推送失败的车辆过闸信息: by the time of crossing. */
export const queryUnPushCrossInfo = down({
  name: 'queryUnPushCrossInfo',
  title: '查询推送失败的车辆过闸信息',
  section: '供应商提供接口 / 查询推送失败的车辆过闸信息',
  schema: unpushedSchema,
  sample: { pageSize: 10, currentPage: 1, beginTime: '20170818 00:00:00', endTime: '20170818 23:59:59' },
  handle: (asked, call, context) =>
    unpushed({ message: 'receiveCrossGate', schema: crossingSchema, row: crossingWire }, asked, call, context),
});
