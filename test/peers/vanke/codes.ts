/** The code lists of 字段说明. */
export const CODES = {
  color: ['blue', 'yellow', 'black', 'white', 'green', 'other'],
  placeStatus: ['vacancy', 'occupy', 'unusual'],
  alignment: ['left', 'center', 'right'],
  respCode: ['0', '1'],
} as const satisfies Record<string, readonly string[]>;

export type CodeList = keyof typeof CODES;
export type OpenMode = '0' | '1' | '2' | '3';
export type Alignment = (typeof CODES.alignment)[number];
export type PlaceStatus = (typeof CODES.placeStatus)[number];

export const OPEN_MODES: readonly string[] = ['0', '1', '2', '3'] satisfies readonly OpenMode[];

/** What stands for a name in a template, and for the number of the device. */
const NAME = '**';
const DEVICE = '设备号';

/** 异常报警编号: the text of each code, `**` being a name. */
const TEMPLATES: Readonly<Record<string, string>> = {
  '1101': '**门**道的显示屏【设备号】连接异常！',
  '1201': '**门**道的车牌识别器【设备号】连接异常！',
  '1301': '**门**道的栏杆机【设备号】连接异常！',
  '1401': '**门**道车辆压线圈过长！',
};

const asPattern = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll(NAME, '.*\\S.*').replace(DEVICE, '(?<device>[^【】]+)')}$`, 'u');

export interface AbnormalCode {
  readonly template: string;
  readonly pattern: RegExp;
  /** Whether it is about a device of its own, which then has a number. */
  readonly ofDevice: boolean;
}

export const ABNORMAL: ReadonlyMap<string, AbnormalCode> = new Map(
  Object.entries(TEMPLATES).map(([code, template]) => [
    code,
    { template, pattern: asPattern(template), ofDevice: template.includes(DEVICE) },
  ]),
);
