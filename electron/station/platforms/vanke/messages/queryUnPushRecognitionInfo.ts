import { down } from '../define.ts';
import { recognitionSchema, recognitionWire } from '../recognition.ts';
import { unpushed, unpushedSchema } from '../unpushed.ts';

const DAY_MS = 86_400_000;

/** 查询推送失败的车辆识别信息: by the time of recognition. The address of a picture begins anew with each answer. */
export const queryUnPushRecognitionInfo = down({
  name: 'queryUnPushRecognitionInfo',
  title: '查询推送失败的车辆识别信息',
  section: '供应商提供接口 / 查询推送失败的车辆识别信息',
  schema: unpushedSchema,
  sample: { pageSize: 10, currentPage: 1, beginTime: '20170818 00:00:00' },
  handle: (asked, call, context) => {
    const until = call.at + context.settings.photo.days * DAY_MS;
    return unpushed(
      {
        message: 'receivePlateNumber',
        schema: recognitionSchema,
        row: (body) => {
          const { reliability: _, ...row } = recognitionWire(body, context, until);
          return row;
        },
      },
      asked,
      call,
      context,
    );
  },
});
