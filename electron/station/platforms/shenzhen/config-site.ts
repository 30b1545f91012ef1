import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { reportSettings } from './config-reports.ts';

/** Settings about what the city is told of the car park itself: its lists of codes are those of 6.3.2, 6.3.5 and 6.3.10. */

const id = z.string().min(1).max(40);
const longitude = z.number().min(73).max(136).optional();
const latitude = z.number().min(3).max(54).optional();
const road = z.string().trim().max(10);
const garage = z.string().trim().max(22);
const coded = <const C extends number>(codes: readonly C[]) => z.literal([...codes]);

export const siteSettings = {
  site: z
    .strictObject({
      cityCode: z
        .string()
        .regex(/^\d{1,20}$/, 'must be digits')
        .default('440300')
        .describe('National code of the city')
        .meta(setting('城市编码', '国家行政区划代码', 'City code')),
      address: z
        .string()
        .trim()
        .max(200)
        .default('')
        .describe('Address of the car park; empty: that of the car park, or its name')
        .meta(setting('详细地址', '留空则用车场地址；都没有则用车场名称', 'Address')),
      longitude: longitude
        .describe('Degrees, in the coordinate system that the city uses; needed for park (6.3.10)')
        .meta(setting('经度', '度，坐标系按平台要求；上报车场信息必须填写', 'Longitude')),
      latitude: latitude
        .describe('Degrees, in the coordinate system that the city uses; needed for park (6.3.10)')
        .meta(setting('纬度', '度，坐标系按平台要求；上报车场信息必须填写', 'Latitude')),
      withoutCoordinates: z
        .enum(['hold', 'zero'])
        .default('hold')
        .describe('While the coordinates are missing: the car park is not told, or told at 0, 0')
        .meta(
          setting('未填经纬度时', '暂不上报车场信息并告警，或按 0 上报', 'Without coordinates', {
            choicesZh: { hold: '暂不上报', zero: '按 0 上报' },
            choices: { hold: 'not told', zero: 'told as 0' },
          }),
        ),
      parkType: coded([0, 1, 2, 3])
        .optional()
        .describe('By the kind of the car park unless told: 3 at the kerb, else 1')
        .meta(
          setting('车场类型', '不填则路内为路侧泊车点，其他为地上', 'Kind (parkType)', {
            choicesZh: { 0: '地下', 1: '地上', 2: '地上加地下', 3: '路侧泊车点' },
            choices: { 0: 'below ground', 1: 'above ground', 2: 'both', 3: 'kerbside' },
          }),
        ),
      rsType: coded([0, 1, 2, 3, 4, 5, 6])
        .optional()
        .describe('By the kind of the car park unless told: 0 at the kerb, else 1')
        .meta(
          setting('停车场类型', '不填则路内为开放，其他为封闭', 'Operation (rsType)', {
            choicesZh: { 0: '开放', 1: '封闭', 2: '半封闭', 3: '垂停', 4: '混合', 5: 'PDA', 6: '第三方车场' },
            choices: {
              0: 'open',
              1: 'closed',
              2: 'half closed',
              3: 'vertical',
              4: 'mixed',
              5: 'PDA',
              6: 'third party',
            },
          }),
        ),
      positionType: coded([0, 1, 2])
        .optional()
        .describe('By the kind of the car park unless told')
        .meta(
          setting('泊位位置', '不填则按车场类型', 'Where berths are (positionType)', {
            choicesZh: { 0: '路内', 1: '路外室内', 2: '路外室外' },
            choices: { 0: 'at the kerb', 1: 'indoors', 2: 'outdoors' },
          }),
        ),
      free: coded([0, 1])
        .default(0)
        .describe('Whether the car park charges')
        .meta(
          setting('是否收费', '车场是否收费', 'Charges (free)', {
            choicesZh: { 0: '收费', 1: '免费' },
            choices: { 0: 'charges', 1: 'free of charge' },
          }),
        ),
      innerPayable: coded([1, 2])
        .default(1)
        .describe('Whether drivers can pay inside')
        .meta(
          setting('场内支付', '是否支持场内支付', 'Paying inside', {
            choicesZh: { 1: '支持', 2: '不支持' },
            choices: { 1: 'yes', 2: 'no' },
          }),
        ),
      payMode: coded([0, 1, 2])
        .default(0)
        .describe('How drivers can pay')
        .meta(
          setting('支付方式', '支持的支付方式', 'Ways to pay', {
            choicesZh: { 0: '全部', 1: '电子支付', 2: '现金支付' },
            choices: { 0: 'all', 1: 'electronic', 2: 'cash' },
          }),
        ),
      scope: coded([1, 2, 3])
        .default(1)
        .describe('Tariff zone')
        .meta(
          setting('计费类区', '车场所在的计费类区', 'Tariff zone', {
            choicesZh: { 1: '一类区', 2: '二类区', 3: '三类区' },
            choices: { 1: 'first', 2: 'second', 3: 'third' },
          }),
        ),
      description: z
        .string()
        .trim()
        .max(100)
        .default('')
        .describe('May be empty')
        .meta(setting('车场描述', '可以留空', 'Description')),
      image: z
        .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(100)])
        .default('')
        .describe('Address of a picture of the car park; may be empty')
        .meta(setting('车场图片地址', '可以留空', 'Picture')),
      roadName: road
        .default('')
        .describe('Road of the entrances; may be empty')
        .meta(setting('出入口道路', '出入口所在道路；可以留空', 'Road of entrances')),
      garageCode: garage
        .default('')
        .describe('Number of the mechanical garage; empty: there is none')
        .meta(setting('机械车库编号', '没有则留空', 'Mechanical garage')),
      entrances: z
        .array(
          z.strictObject({
            lane: id.describe('Id of the lane').meta(setting('车道', '车道编号', 'Lane')),
            name: road
              .optional()
              .describe('At most ten characters; the name of the lane unless told')
              .meta(setting('名称', '最多 10 个字；不填用车道名称', 'Name')),
            roadName: road.optional().meta(
              setting('道路', '不填用上面的道路', 'Road', {
                description: 'Unlike the others',
              }),
            ),
            longitude: longitude.meta(
              setting('经度', '度；不填用车场的', 'Longitude', {
                description: 'Degrees; that of the car park unless told',
              }),
            ),
            latitude: latitude.meta(
              setting('纬度', '度；不填用车场的', 'Latitude', {
                description: 'Degrees; that of the car park unless told',
              }),
            ),
          }),
        )
        .max(200)
        .default([])
        .describe('What is different for single entrances')
        .meta(setting('个别出入口', '与众不同的出入口', 'Single entrances')),
      devices: z
        .record(id, z.string().trim().min(1).max(36))
        .default({})
        .describe('Code of a device at the city, by its id here; absent: the id itself')
        .meta(setting('设备编号', '设备在平台的编号；没有列出的用自己的编号', 'Device codes')),
    })
    .prefault({})
    .meta(
      setting('车场信息', '上报的车场静态信息', 'Car park', { description: 'What the city is told of the car park' }),
    ),
  ...reportSettings,
};
