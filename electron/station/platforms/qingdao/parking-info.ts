import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { count, text } from '../wire-fields.ts';

/** 停车场基本信息 (四(三)1): the fields of the table in its order, as people fill them in. */

type Dictionary = Readonly<Record<string, readonly [zh: string, en: string]>>;

const REGIONS: Dictionary = {
  '370202': ['市南区', 'Shinan'],
  '370203': ['市北区', 'Shibei'],
  '370211': ['黄岛区', 'Huangdao'],
  '370212': ['崂山区', 'Laoshan'],
  '370213': ['李沧区', 'Licang'],
  '370214': ['城阳区', 'Chengyang'],
  '370215': ['即墨区', 'Jimo'],
  '370281': ['胶州市', 'Jiaozhou'],
  '370283': ['平度市', 'Pingdu'],
  '370285': ['莱西市', 'Laixi'],
};
const AREAS: Dictionary = {
  '01': ['市南', 'Shinan'],
  '02': ['市北', 'Shibei'],
  '03': ['黄岛', 'Huangdao'],
  '04': ['崂山', 'Laoshan'],
  '05': ['李沧', 'Licang'],
  '06': ['城阳', 'Chengyang'],
  '07': ['即墨', 'Jimo'],
  '08': ['胶州', 'Jiaozhou'],
  '09': ['平度', 'Pingdu'],
  '10': ['莱西', 'Laixi'],
};
const INROAD_FEES: Dictionary = {
  '00': ['核心区域', 'core area'],
  '01': ['一类区域', 'class 1'],
  '02': ['二类区域', 'class 2'],
  '03': ['三类区域', 'class 3'],
  '21': ['风景区', 'scenic area'],
};
const ATTACHED: Dictionary = {
  '01': ['住宅类', 'homes'],
  '02': ['体育设施类', 'sports'],
  '03': ['旅馆类', 'hotel'],
  '04': ['办公楼', 'offices'],
  '05': ['餐饮娱乐类', 'food and leisure'],
  '06': ['医院', 'hospital'],
  '07': ['教育类', 'education'],
  '08': ['工业类', 'industry'],
  '09': ['游览场所', 'sights'],
  '10': ['影剧院类', 'cinema, theatre'],
  '11': ['文化类', 'culture'],
  '12': ['市场类', 'market'],
  '13': ['商场类', 'mall'],
  '14': ['金融类', 'finance'],
  '15': ['商业类', 'commerce'],
  '16': ['交通枢纽', 'transport hub'],
};
const PRICES: Dictionary = { 1: ['政府定价', 'government'], 2: ['市场定价', 'market'], 3: ['不收费', 'free'] };
const PATTERNS: Dictionary = { 1: ['自行式', 'self-parking'], 2: ['机械式', 'mechanical'], 3: ['混合式', 'both'] };
const LOCATIONS: Dictionary = { 1: ['路外', 'off the street'], 2: ['路内', 'on the street'] };
const KINDS: Dictionary = {
  1: ['配建停车场', 'belongs to a building'],
  2: ['公共停车场', 'public'],
  3: ['道路停车位', 'on the street'],
};
const BUILDINGS: Dictionary = {
  1: ['地面停车场', 'ground level'],
  2: ['地下停车库', 'underground'],
  3: ['地上停车楼', 'multi-storey'],
};

const codesOf = (dictionary: Dictionary): string[] => Object.keys(dictionary).sort();
export const REGION_CODES = codesOf(REGIONS);
export const AREA_CODES = codesOf(AREAS);
export const INROAD_FEES_TYPES = codesOf(INROAD_FEES);
export const ATTACHED_TYPES = codesOf(ATTACHED);

/** What is left out is missing, rather than none of the choices. */
const missing = ({ input }: { readonly input?: unknown }): string | undefined =>
  input === undefined ? 'Invalid input: expected a choice, received undefined' : undefined;
const textCode = (codes: readonly string[]) => z.literal([...codes], { error: missing });
const numberCode = (dictionary: Dictionary) => z.literal(codesOf(dictionary).map(Number), { error: missing });

const words = (titleZh: string, helpZh: string, title: string, description: string) =>
  setting(titleZh, helpZh, title, { description });
const choice = (dictionary: Dictionary, ...said: Parameters<typeof words>) => ({
  ...words(...said),
  choicesZh: Object.fromEntries(Object.entries(dictionary).map(([key, [zh]]) => [key, zh])),
  choices: Object.fromEntries(Object.entries(dictionary).map(([key, [, en]]) => [key, en])),
});
const spaces = count(6);

export const parkingInfoSchema = z.strictObject({
  parkingName: text(100)
    .optional()
    .meta(words('停车场名称', '不填：本车场的名称', 'Name', 'Empty: the name of this car park')),
  address: text(100).meta(words('地址', '停车场的详细地址', 'Address', 'Where the car park is')),
  regionCode: textCode(REGION_CODES).meta(choice(REGIONS, '行政区划', '所在区市', 'Region', 'The district or city')),
  areaCode: textCode(AREA_CODES).meta(choice(AREAS, '城区编号', '所在城区', 'District', 'By its number')),
  priceType: numberCode(PRICES).meta(choice(PRICES, '定价类型', '由谁定价', 'Pricing', 'Who sets the price')),
  inroadFeesType: textCode(INROAD_FEES_TYPES)
    .optional()
    .meta(choice(INROAD_FEES, '路内收费类型', '路外停车场不填', 'On-street zone', 'Empty off the street')),
  feeScale: text(500).meta(
    words('收费标准', '公示的收费标准，500 字以内', 'Tariff', 'The tariff as it is posted, at most 500 characters'),
  ),
  openTime: text(50)
    .default('00:00-23:59')
    .meta(words('开放时间', '例如 08:00-20:00', 'Opening hours', 'For example 08:00-20:00')),
  parkingPattern: numberCode(PATTERNS)
    .optional()
    .meta(choice(PATTERNS, '停车场模式', '车辆怎样停放', 'Kind of parking', 'How cars are parked')),
  parkingLocate: numberCode(LOCATIONS)
    .default(1)
    .meta(choice(LOCATIONS, '停车位置', '路外还是路内', 'Location', 'Off or on the street')),
  parkingType: numberCode(KINDS).meta(
    choice(KINDS, '停车场类型', '配建、公共或道路', 'Kind of car park', 'Whom it serves'),
  ),
  attachedType: textCode(ATTACHED_TYPES)
    .optional()
    .meta(choice(ATTACHED, '配建类型', '配建停车场所属的建筑', 'Kind of building', 'What it belongs to')),
  buildType: numberCode(BUILDINGS)
    .optional()
    .meta(choice(BUILDINGS, '建筑类型', '停车场的建筑形式', 'Construction', 'How it is built')),
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
