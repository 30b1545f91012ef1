import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { code, count, text } from '../wire-fields.ts';

/** 停车场基本信息 (四(三)1): the fields of the table in its order, as people fill them in. */

const codeOf = (values: readonly string[]) => z.enum([...values]);
const numbered = (last: number) => Array.from({ length: last }, (_, index) => String(index + 1).padStart(2, '0'));

export const REGION_CODES = [
  ...['370202', '370203', '370211', '370212', '370213'],
  ...['370214', '370215', '370281', '370283', '370285'],
];
export const AREA_CODES = numbered(10);
export const INROAD_FEES_TYPES = ['00', '01', '02', '03', '21'];
export const ATTACHED_TYPES = numbered(16);

const words = (titleZh: string, helpZh: string, title: string, description: string) =>
  setting(titleZh, helpZh, title, { description });
const spaces = count(6);

export const parkingInfoSchema = z.strictObject({
  parkingName: text(100)
    .optional()
    .meta(words('停车场名称', '不填：本车场的名称', 'Name', 'Empty: the name of this car park')),
  address: text(100)
    .optional()
    .meta(words('地址', '不填：本车场的地址', 'Address', 'Empty: the address of this car park')),
  regionCode: codeOf(REGION_CODES).meta(
    words(
      '行政区划',
      '370202 市南 370203 市北 370211 黄岛 370212 崂山 370213 李沧 370214 城阳 370215 即墨 370281 胶州 370283 平度 370285 莱西',
      'Region code',
      '370202 Shinan, 370203 Shibei, 370211 Huangdao, 370212 Laoshan, 370213 Licang, 370214 Chengyang, 370215 Jimo, 370281 Jiaozhou, 370283 Pingdu, 370285 Laixi',
    ),
  ),
  areaCode: codeOf(AREA_CODES).meta(
    words(
      '城区编号',
      '01 市南 02 市北 03 黄岛 04 崂山 05 李沧 06 城阳 07 即墨 08 胶州 09 平度 10 莱西',
      'District',
      '01 Shinan, 02 Shibei, 03 Huangdao, 04 Laoshan, 05 Licang, 06 Chengyang, 07 Jimo, 08 Jiaozhou, 09 Pingdu, 10 Laixi',
    ),
  ),
  priceType: code([1, 2, 3]).meta(
    words('定价类型', '1 政府定价 2 市场定价 3 不收费', 'Pricing', '1 by the government, 2 by the market, 3 free'),
  ),
  inroadFeesType: codeOf(INROAD_FEES_TYPES)
    .optional()
    .meta(
      words(
        '路内收费类型',
        '00 核心区域 01 一类 02 二类 03 三类 21 风景区；路外不填',
        'On-street zone',
        '00 core, 01 to 03 classes, 21 scenic area; empty off the street',
      ),
    ),
  feeScale: text(500).meta(
    words('收费标准', '公示的收费标准，500 字以内', 'Tariff', 'The tariff as it is posted, at most 500 characters'),
  ),
  openTime: text(50)
    .default('00:00-23:59')
    .meta(words('开放时间', '例如 08:00-20:00', 'Opening hours', 'For example 08:00-20:00')),
  parkingPattern: code([1, 2, 3])
    .optional()
    .meta(words('停车场模式', '1 自行式 2 机械式 3 混合式', 'Kind of parking', '1 self-parking, 2 mechanical, 3 both')),
  parkingLocate: code([1, 2])
    .default(1)
    .meta(words('停车位置', '1 路外 2 路内', 'Location', '1 off the street, 2 on the street')),
  parkingType: code([1, 2, 3]).meta(
    words(
      '停车场类型',
      '1 配建停车场 2 公共停车场 3 道路停车位',
      'Kind of car park',
      '1 belongs to a building, 2 public, 3 on the street',
    ),
  ),
  attachedType: codeOf(ATTACHED_TYPES)
    .optional()
    .meta(
      words(
        '配建类型',
        '01 住宅 02 体育 03 旅馆 04 办公 05 餐饮娱乐 06 医院 07 教育 08 工业 09 游览 10 影剧院 11 文化 12 市场 13 商场 14 金融 15 商业 16 交通枢纽',
        'Kind of building',
        '01 homes, 02 sports, 03 hotel, 04 offices, 05 food and leisure, 06 hospital, 07 education, 08 industry, 09 sights, 10 theatre, 11 culture, 12 market, 13 mall, 14 finance, 15 commerce, 16 transport',
      ),
    ),
  buildType: code([1, 2, 3])
    .optional()
    .meta(words('建筑类型', '1 地面 2 地下 3 地上停车楼', 'Construction', '1 ground, 2 underground, 3 multi-storey')),
  totalBerthNum: spaces
    .optional()
    .meta(words('总泊位数', '不填：本车场的总车位数', 'Spaces', 'Empty: all spaces of this car park')),
  openBerthNum: spaces
    .optional()
    .meta(words('开放泊位数', '不填：本车场的开放车位数', 'Open spaces', 'Empty: the open spaces of this car park')),
  x: text(30)
    .optional()
    .meta(words('经度（2000 坐标）', '例如 120.382631', 'Longitude (CGCS2000)', 'Degrees')),
  y: text(30)
    .optional()
    .meta(words('纬度（2000 坐标）', '例如 36.067108', 'Latitude (CGCS2000)', 'Degrees')),
  bmapX: text(30).meta(words('经度（百度坐标）', '例如 120.389455', 'Longitude (Baidu)', 'Degrees, BD-09')),
  bmapY: text(30).meta(words('纬度（百度坐标）', '例如 36.072227', 'Latitude (Baidu)', 'Degrees, BD-09')),
  gmapX: text(30).meta(words('经度（高德坐标）', '例如 120.382915', 'Longitude (Gaode)', 'Degrees, GCJ-02')),
  gmapY: text(30).meta(words('纬度（高德坐标）', '例如 36.066348', 'Latitude (Gaode)', 'Degrees, GCJ-02')),
  tempTotalNum: spaces
    .optional()
    .meta(words('临停车位数', '不填：开放车位数', 'Temporary spaces', 'Empty: the open spaces')),
  intrinsicTotalNum: spaces
    .optional()
    .meta(words('月租车位数', '不填：总车位减开放车位', 'Monthly spaces', 'Empty: all spaces but the open ones')),
  visitorTotalNum: spaces.default(0).meta(words('访客车位数', '没有填 0', 'Visitor spaces', '0 where there are none')),
  chargeTotalNum: spaces
    .default(0)
    .meta(words('充电车位数', '带充电桩的车位，没有填 0', 'Charging spaces', '0 where there are none')),
});
export type ParkingInfo = z.output<typeof parkingInfoSchema>;
