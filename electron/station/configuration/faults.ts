import type { ConfigurationFault } from '../../../shared/contract/configuration.ts';

type Path = ConfigurationFault['path'];

/** `lanes[1].camera` → `["lanes", 1, "camera"]`. */
function pathOf(text: string): Path {
  if (text === '(document)') return [];
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

const sort = new Map([
  ['string', '文字'],
  ['number', '数字'],
  ['int', '整数'],
  ['boolean', '是或否'],
  ['array', '列表'],
  ['object', '一组设置'],
]);

/** English texts of faults and what they are in Chinese; the first that fits counts. */
const WORDS: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^Invalid input: expected .*, received undefined$/, () => '必填'],
  [/^Invalid input: expected (\w+)/, ([, kind]) => `应为${sort.get(kind ?? '') ?? kind}`],
  [/^Invalid option: expected one of (.*)$/, ([, options]) => `只能是 ${options} 之一`],
  [/^Too small: expected string to have >=1 /, () => '必填'],
  [/^Too small: expected string to have >=(\d+)/, ([, n]) => `至少 ${n} 个字`],
  [/^Too big: expected string to have <=(\d+)/, ([, n]) => `最多 ${n} 个字`],
  [/^Too small: expected array to have >=(\d+)/, ([, n]) => `至少 ${n} 项`],
  [/^Too big: expected array to have <=(\d+)/, ([, n]) => `最多 ${n} 项`],
  [/^Too small: expected \w+ to be >=(-?\d+)/, ([, n]) => `不能小于 ${n}`],
  [/^Too big: expected \w+ to be <=(-?\d+)/, ([, n]) => `不能大于 ${n}`],
  [/^Unrecognized keys?: (.*)$/, ([, keys]) => `没有这样的设置：${keys}`],
  [/^Invalid string: must start with "(.*)"/, ([, start]) => `必须以 ${start} 开头`],
  [/^Invalid string/, () => '格式不正确'],
  [/^must be 1-40 letters/, () => '只能用 1 至 40 个字母、数字、- _ .，以字母或数字开头'],
  [/^must not exceed totalSpaces$/, () => '不能大于总泊位数'],
  [/^must have at least (\d+) characters$/, ([, n]) => `至少 ${n} 个字符`],
  [/^no placeholder (\{.*\})$/, ([, name]) => `没有占位符 ${name}`],
  [/^(\{.*\}) has no value at (.*)$/, ([, name]) => `这个场合没有 ${name}`],
  [/^a brace without its partner$/, () => '花括号不成对'],
  [/^wider than (\d+) columns$/, ([, n]) => `超过 ${n} 列（一个汉字占两列）`],
  [/^must differ from its beginning$/, () => '开始与结束不能相同'],
  [/^must not exceed yellowAtMost$/, () => '变红的数不能大于变黄的数'],
  [/^must be HH:mm$/, () => '请按 时:分 填写，如 06:30'],
  [/^must be an address with (.*)$/, ([, schemes]) => `请填写以 ${schemes} 开头的地址`],
  [/^must be a path/, () => '请填写基础地址之后的路径'],
  [/^no area "(.*)"$/, ([, id]) => `没有区域“${id}”`],
  [/^no tariff "(.*)"$/, ([, id]) => `没有收费规则“${id}”`],
  [/^no camera "(.*)"$/, ([, id]) => `没有相机“${id}”`],
  [/^must not be the open coil$/, () => '不能与抬杆继电器相同'],
  [/^a board without pulses knows no time FF$/, () => '只有通断的板没有“时间 FF”，请选继电器保持'],
  [/^two inputs have the same role$/, () => '有两个输入口的用途相同'],
  [/^the same input stands there twice$/, () => '同一个输入口填了两次'],
  [/need an input in presence mode$/, () => '触发地感和到位信号必须用存在方式'],
  [/^no lane "(.*)"$/, ([, id]) => `没有车道“${id}”`],
  [
    /^(\d+) is the number of (entry|exit) "(.*)" as well$/,
    ([, n, way, id]) => `${way === 'entry' ? '入口' : '出口'}编号 ${n} 与车道“${id}”重复`,
  ],
  [/^no device "(.*)"$/, ([, id]) => `没有设备“${id}”`],
  [/^no (\w+) driver "(.*)"$/, ([, , driver]) => `没有接入方式“${driver}”`],
  [/^device "(.*)" is a (\w+)$/, ([, id]) => `设备“${id}”不是这一类设备`],
  [
    /^"(.*)" uses the same line with (.*)$/,
    ([, id, value]) => `与同一条线上的设备“${id}”不一致（它是 ${value}），同一串口或地址上的设备参数必须相同`,
  ],
  [/^the port (.*) is used with different parameters$/, ([, port]) => `同一条线（${port}）上的设备参数不一致`],
  [/^this relay moves the arm of "(.*)" already$/, ([, id]) => `这一路继电器已用于道闸“${id}”`],
  [/^"(.*)" offers no relays for an arm$/, ([, id]) => `相机“${id}”不能经网络动闸杆，道闸请接继电器板`],
  [/^"(.*)" offers no RS-485 for a display$/, ([, id]) => `相机“${id}”没有可用的 485 透传，显示屏请接串口或网口`],
  [/^"(.*)" serves another lane already$/, ([, id]) => `设备“${id}”已用于另一条车道`],
  [/^"(.*)" would lie within itself$/, () => '区域不能位于自己之内'],
  [/^"(.*)" stands twice$/, ([, id]) => `“${id}”重复`],
  [/^serial number "(.*)" stands twice$/, ([, id]) => `序列号“${id}”重复`],
  [/^only a lane for both ways has a second camera$/, () => '只有双向车道才有第二台相机'],
  [/^a lane for both ways at once cannot be turned$/, () => '双向车道不能再设为潮汐车道'],
  [/^each channel at most once$/, () => '同一渠道只能出现一次'],
  [/^(\d+) cars are inside this area$/, ([, n]) => `区域内还有 ${n} 辆车，不能删除或移动`],
  [/^"(.*)" has (\d+) berths$/, ([, id, n]) => `区域“${id}”还有 ${n} 个泊位登记在内，不能删除`],
  [/^a car stands at this lane$/, () => '车道上有车，请等它离开后再改'],
  [/^the secret must be typed again$/, () => '请重新填写'],
  [/^is encrypted with a password/, () => '密钥有密码保护，请给出未加密的密钥'],
  [/^has a damaged PEM frame$/, () => 'PEM 格式不完整'],
  [/^is neither PEM nor Base64$/, () => '既不是 PEM，也不是一行 Base64'],
  [/^is a private key;/, () => '这是私钥，此处应填平台的公钥'],
  [/^is a key of type/, () => '不是 RSA 密钥'],
  [/^is shorter than/, () => '密钥太短'],
  [/^cannot be read as a key/, () => '无法识别的密钥'],
];

/** The Chinese of a fault; one that nobody translated is shown as it is. */
export function chinese(message: string): string {
  for (const [pattern, words] of WORDS) {
    const match = pattern.exec(message);
    if (match) return words(match);
  }
  return message;
}

/** `lanes[1].camera: no device "x"`, for screens that show it at its field. */
export function faultOf(text: string): ConfigurationFault {
  const colon = text.indexOf(': ');
  const message = colon < 0 ? text : text.slice(colon + 2);
  return { path: colon < 0 ? [] : pathOf(text.slice(0, colon)), message, messageZh: chinese(message) };
}
