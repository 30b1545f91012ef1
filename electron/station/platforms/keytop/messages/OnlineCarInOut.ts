import { z } from 'zod';
import { notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { deviceOfLane, text } from '../down-fields.ts';
import { laneOfDevice } from '../places.ts';
import { scanInOut } from '../scan-in-out.ts';

/** 无牌车出入场接口: a driver without a plate scanned the code of a lane. The lane tells whether the car comes or goes. */
export const OnlineCarInOut = down({
  name: 'OnlineCarInOut',
  title: '无牌车出入场',
  section: '下行2.1',
  schema: parameters({
    ...deviceOfLane,
    cardNo: text(64).pipe(z.string().min(13, '应超过 12 个字符')),
  }),
  sample: { parkCode: '123', deviceCode: '300', deviceType: 0, cardNo: 'oABCDEFGHIJKLMN0001' },
  handle: ({ deviceCode, deviceType, cardNo }, _call, context) => {
    const found = laneOfDevice(deviceCode, deviceType, context);
    return 'refused' in found ? notDone(found.refused) : scanInOut(found.lane, cardNo, context);
  },
});
