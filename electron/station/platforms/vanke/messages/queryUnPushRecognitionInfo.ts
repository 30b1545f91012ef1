import { down } from '../define.ts';
import { recognitionSchema, recognitionWire } from '../recognition.ts';
import { unpushed, unpushedSchema } from '../unpushed.ts';

/** 查询推送失败的车辆识别信息: by the time of recognition. The address of a picture holds for days from now on. */
export const queryUnPushRecognitionInfo = down({
  name: 'queryUnPushRecognitionInfo',
  title: '查询推送失败的车辆识别信息',
  section: '供应商提供接口 / 查询推送失败的车辆识别信息',
  schema: unpushedSchema,
  sample: { pageSize: 10, currentPage: 1, beginTime: '20170818 00:00:00' },
  handle: (asked, call, context) =>
    unpushed(
      {
        message: 'receivePlateNumber',
        schema: recognitionSchema,
        row: (body) => {
          const { reliability: _, ...row } = recognitionWire(body, context);
          return row;
        },
      },
      asked,
      call,
      context,
    ),
});
