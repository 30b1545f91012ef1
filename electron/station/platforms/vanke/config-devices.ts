import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

/** Settings about what the platform calls things by: devices and spaces. */

const plateText = z.string().trim().min(1).max(16);

export const deviceSettings = {
  devices: z
    .record(z.string().min(1).max(40), z.string().trim().min(1).max(64))
    .default({})
    .describe('Number (deviceNo) of a camera, barrier or display at Vanke, by its id; absent: the id itself')
    .meta(setting('设备编号', '设备在万科的编号（deviceNo）；没有列出的用设备自己的编号', 'Device numbers')),
  places: z
    .array(
      z.strictObject({
        no: z
          .string()
          .trim()
          .min(1)
          .max(40)
          .describe('Number of the space')
          .meta(setting('车位编号', '车位号，如 A-001', 'Space')),
        plates: z
          .array(plateText)
          .min(1)
          .max(20)
          .describe('Cars that stand there; it is occupied while one of them is inside')
          .meta(setting('车牌', '停这个车位的车；其中一辆在场即为占用', 'Plates')),
        outOfUse: z
          .boolean()
          .default(false)
          .describe('Told as out of order (unusual)')
          .meta(setting('停用', '按“异常”答复', 'Out of use')),
      }),
    )
    .max(20_000)
    .default([])
    .describe('Spaces that belong to cars, for queryPlaceStatus; there is no other way to know which space is taken')
    .meta(setting('固定车位', '车位与车牌的对应，用于答复车位状态查询', 'Spaces of cars')),
  placeImage: z
    .boolean()
    .default(false)
    .describe('Answer queryPlaceStatus with the picture of the entry of the car that stands there')
    .meta(setting('车位状态附图', '答复车位状态时附上该车的入场照片', 'Pictures of spaces')),
};
