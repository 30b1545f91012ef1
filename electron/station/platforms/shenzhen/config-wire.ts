import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { deviceKindSchema } from '../../../../shared/domain/site.ts';

/** Settings about how messages are written: the draft leaves much of it open, and a city may have decided otherwise. */

export const upNames = [
  'berthInfo',
  'equipment',
  'berthStatus',
  'entranceInfo',
  'blackWhite',
  'parkRecordEntry',
  'parkRecordExit',
  'parkRecordUpdate',
  'park',
  'freeNum',
] as const;
export type UpName = (typeof upNames)[number];

export const isUpName = (name: string): name is UpName => upNames.some((each) => each === name);

/** How a field is spelt. */
export const fieldName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,39}$/, 'must be the name of a field');
const upPath = z.string().regex(/^\/[A-Za-z0-9_./-]{1,99}$/, 'must be a path that begins with /');

export const wireSettings = {
  wire: z
    .strictObject({
      path: z
        .string()
        .regex(/^(\/[A-Za-z0-9_.-]{1,40}){0,5}$/, 'must be a path that begins with / and does not end with it')
        .default('/api')
        .describe('What stands before the name of the interface (/path/function)')
        .meta(setting('接口前缀', '接口名之前的路径', 'Path before the interface')),
      interfaces: z
        .array(
          z.strictObject({
            name: z.enum(upNames).meta(
              setting('接口', '接口名', 'Interface', {
                description: 'Its name',
              }),
            ),
            path: upPath
              .optional()
              .describe('The whole path of this interface')
              .meta(setting('路径', '该接口的完整路径；不填按前缀加接口名', 'Path')),
            method: z
              .enum(['POST', 'PUT', 'GET', 'DELETE'])
              .default('POST')
              .describe('GET and DELETE carry the fields in the query')
              .meta(setting('方法', 'GET、DELETE 时参数放在地址里', 'Method')),
          }),
        )
        .max(upNames.length)
        .default([])
        .describe('Interfaces that the city serves under another path or method')
        .meta(setting('个别接口', '路径或方法与众不同的接口', 'Single interfaces')),
      body: z
        .enum(['form', 'json', 'envelope'])
        .default('form')
        .describe(
          'form: key=value (7.2) · json: the same fields as an object · envelope: table 34, which can carry many',
        )
        .meta(
          setting('报文形式', '表单、JSON，或表 34 的信封（可批量）', 'Body', {
            choicesZh: { form: '表单', json: 'JSON', envelope: '信封（表 34）' },
            choices: { form: 'form', json: 'JSON', envelope: 'envelope (table 34)' },
          }),
        ),
      signatureCase: z
        .enum(['upper', 'lower'])
        .default('upper')
        .describe('How our signatures are written; those of the city are read either way')
        .meta(
          setting('签名大小写', '发出的签名用大写还是小写；收到的两种都认', 'Case of signatures', {
            choicesZh: { upper: '大写', lower: '小写' },
            choices: { upper: 'upper', lower: 'lower' },
          }),
        ),
      signatureField: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'must be a name of letters and digits')
        .default('signature')
        .describe('Name of the field with the signature, in both directions; around an envelope it is sign (table 34)')
        .meta(setting('签名字段名', '上报与下发报文中签名字段的名称；信封外层固定为 sign', 'Field of the signature')),
      epochUnit: z
        .enum(['ms', 's'])
        .default('ms')
        .describe('13-digit milliseconds, or 10-digit seconds; both are read')
        .meta(
          setting('时间戳单位', '13 位毫秒或 10 位秒；收到的两种都认', 'Unit of timestamps', {
            choicesZh: { ms: '毫秒', s: '秒' },
            choices: { ms: 'milliseconds', s: 'seconds' },
          }),
        ),
      noncestr: z
        .boolean()
        .default(false)
        .describe('Send noncestr with equipment (table 3 has it, table 13 has not)')
        .meta(setting('发送 noncestr', '设备信息带随机串（表 3 有、表 13 无）', 'Send noncestr')),
      strategyFrom: z
        .boolean()
        .default(false)
        .describe('Send strategyFrom with blackWhite (table 8 has it, table 16 has not)')
        .meta(setting('发送 strategyFrom', '名单带策略来源（表 8 有、表 16 无）', 'Send strategyFrom')),
      listDates: z
        .enum(['ms', 'text'])
        .default('ms')
        .describe('beginDate and endDate of lists: Long (table 8), or yyyy-MM-dd HH:mm:ss (table 16)')
        .meta(
          setting('名单时间格式', '名单起止时间用毫秒（表 8）还是文本（表 16）', 'Dates of lists', {
            choicesZh: { ms: '毫秒', text: 'yyyy-MM-dd HH:mm:ss' },
            choices: { ms: 'milliseconds', text: 'yyyy-MM-dd HH:mm:ss' },
          }),
        ),
      coordinateScale: z
        .literal([1_000_000, 10_000_000, 100_000, 1])
        .default(1_000_000)
        .describe('lng and lat of the car park are degrees times this, as whole numbers; 1: degrees with six decimals')
        .meta(setting('经纬度倍数', '车场经纬度为度数乘以该倍数的整数；1 为带小数的度', 'Scale of coordinates')),
      noPlateColor: z
        .int()
        .min(0)
        .max(9)
        .default(0)
        .describe('Colour code of a car whose plate has no known colour')
        .meta(setting('无牌车颜色码', '没有车牌或颜色未知时填的代码', 'Colour without a plate')),
      dataSource: z
        .int()
        .min(0)
        .max(99)
        .default(1)
        .describe('dataSouce: the draft has no codes')
        .meta(setting('数据来源', 'dataSouce 的取值，文档没有给出代码', 'Data source')),
      dataSourceField: fieldName
        .default('dataSouce')
        .describe('The field of that code; the draft misspells it')
        .meta(setting('数据来源字段名', '文档写作 dataSouce（少一个 r）', 'Name of that field')),
      berthCodes: z
        .enum(['fourteen', 'any'])
        .default('fourteen')
        .describe(
          'berthCode of records: the table has exactly 14 characters (F14), so that another code is told as empty',
        )
        .meta(
          setting('记录中的泊位编号', '文档规定固定 14 位：其他长度的留空，或照写', 'Berth codes in records', {
            choicesZh: { fourteen: '只写 14 位的', any: '都照写' },
            choices: { fourteen: 'of 14 characters', any: 'any' },
          }),
        ),
      berthImage: z
        .boolean()
        .default(false)
        .describe('Send image with berthInfo, unsigned (6.3.2 leaves it out of the signature, and has no such field)')
        .meta(setting('泊位信息带图片', '6.3.2 说 image 不参与签名，但表中没有该字段', 'Send image of berths')),
      parkImageSigned: z
        .boolean()
        .default(true)
        .describe('image of park is signed like every field; off: left out, as 6.3.2 leaves out that of a berth')
        .meta(
          setting(
            '车场图片参与签名',
            '关闭则 park 的 image 不参与签名（同 6.3.2）',
            'Sign the picture of the car park',
          ),
        ),
      equipmentTypes: z
        .partialRecord(deviceKindSchema, z.string().regex(/^\d{1,4}$/, 'must be digits'))
        .default({})
        .describe('equipmentType of a kind of device, where the city wants another than the table in the documentation')
        .meta(setting('设备类型码', '与文档对照表不同时，按设备种类填写', 'Codes of devices')),
      duplicateWords: z
        .array(z.string().trim().min(2).max(40))
        .max(30)
        .default(['重复', '已存在', '已上传', 'duplicate', 'already'])
        .describe('A refusal in which one of these stands says that the city has the record: as good as taken')
        .meta(setting('重复上报的说法', '拒绝原因含其中一个词，即视为已收到', 'Words for duplicates')),
      batch: z
        .int()
        .min(1)
        .max(200)
        .default(1)
        .describe('Berths, devices and entrances of one request at most; more than 1 only in envelopes (table 34)')
        .meta(setting('批量条数', '一次上报多少条泊位、设备、出入口；仅信封形式可大于 1', 'Together at most')),
    })
    .prefault({})
    .meta(
      setting('报文约定', '征求意见稿未写明之处；各市可能不同', 'Wire format', {
        description: 'What the draft leaves open, and a city may decide otherwise',
      }),
    ),
};
