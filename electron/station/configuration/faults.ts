import type { ConfigurationFault } from '../../../shared/contract/configuration.ts';
import { chineseOf, FAULT_WORDS, type FaultWord } from '../../../shared/domain/fault-words.ts';

/** Said of a stored secret that is not put back, {@link withSecretsOf}. */
export const NOT_SENT_ELSEWHERE =
  'the address, user or driver beside it changed: what is stored is not sent elsewhere, type it again';

type Path = ConfigurationFault['path'];

/** `lanes[1].camera` → `["lanes", 1, "camera"]`. */
function pathOf(text: string): Path {
  if (text === '(document)') return [];
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

/** English texts of faults and what they are in Chinese; the first that fits counts. */
const WORDS: readonly FaultWord[] = [
  ...FAULT_WORDS,
  [/^must be 1-40 letters/, () => '只能用 1 至 40 个字母、数字、- _ .，以字母或数字开头'],
  [/^must not exceed totalSpaces$/, () => '不能大于总泊位数'],
  [/^must have at least (\d+) characters$/, ([, n]) => `至少 ${n} 个字符`],
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
  [
    /^input (\d+) of this board belongs to "(.*)" already$/,
    ([, n, id]) => `这块板的输入口 ${n} 已用于设备“${id}”，一路输入只能属于一个设备`,
  ],
  [/^this relay moves the arm of "(.*)" already$/, ([, id]) => `这一路继电器已用于道闸“${id}”`],
  [
    /^"(.*)" and "(.*)" hang on the relays of camera "(.*)"$/,
    ([, own, other, camera]) =>
      `道闸“${own}”和“${other}”接在同一台相机“${camera}”的同一组继电器上：一台相机只能控制一根闸杆，另一根请接继电器板`,
  ],
  [
    /^"(.*)" and "(.*)" are both at (.*)$/,
    ([, own, other, place]) => `设备“${own}”和“${other}”填了同一个位置（${place}），请改成各自的串口、地址或屏地址`,
  ],
  [
    /^without a barrier the arm hangs on "(.*)", as "(.*)" of "(.*)" does$/,
    ([, camera, barrier, lane]) =>
      `没有指定道闸的车道由相机“${camera}”抬杆，而车道“${lane}”的道闸“${barrier}”也接在这台相机上，请给本车道指定道闸`,
  ],
  [/^"(.*)" offers no relays for an arm$/, ([, id]) => `相机“${id}”不能经网络动闸杆，道闸请接继电器板`],
  [/^"(.*)" offers no RS-485 for a display$/, ([, id]) => `相机“${id}”没有可用的 485 透传，显示屏请接串口或网口`],
  [/^"(.*)" serves another lane already$/, ([, id]) => `设备“${id}”已用于另一条车道`],
  [/^"(.*)" would lie within itself$/, () => '区域不能位于自己之内'],
  [/^serial number "(.*)" stands twice$/, ([, id]) => `序列号“${id}”重复`],
  [/^only a lane for both ways has a second camera$/, () => '只有双向车道才有第二台相机'],
  [/^a lane for both ways at once cannot be turned$/, () => '双向车道不能再设为潮汐车道'],
  [/^each channel at most once$/, () => '同一渠道只能出现一次'],
  [/^(\d+) cars are inside this area$/, ([, n]) => `区域内还有 ${n} 辆车，不能删除或移动`],
  [/^"(.*)" has (\d+) berths$/, ([, id, n]) => `区域“${id}”还有 ${n} 个泊位登记在内，不能删除`],
  [/^a car stands at this lane$/, () => '车道上有车，请等它离开后再改'],
  [
    /^the address, user or driver beside it changed: /,
    () => '须重新填写：地址、端口、用户名、设备编号或接入方式变了，已存的不会发给新的地址（导入的文件须自带）',
  ],
  [/^is encrypted with a password/, () => '密钥有密码保护，请给出未加密的密钥'],
  [/^has a damaged PEM frame$/, () => 'PEM 格式不完整'],
  [/^is neither PEM nor Base64$/, () => '既不是 PEM，也不是一行 Base64'],
  [/^is a private key;/, () => '这是私钥，此处应填平台的公钥'],
  [/^is a key of type/, () => '不是 RSA 密钥'],
  [/^is shorter than/, () => '密钥太短'],
  [/^cannot be read as a key/, () => '无法识别的密钥'],
];

/** The Chinese of a fault; one that nobody translated is shown as it is. */
export const chinese = (message: string): string => chineseOf(message, WORDS);

/** `lanes[1].camera: no device "x"`, for screens that show it at its field. */
export function faultOf(text: string): ConfigurationFault {
  const colon = text.indexOf(': ');
  const message = colon < 0 ? text : text.slice(colon + 2);
  return { path: colon < 0 ? [] : pathOf(text.slice(0, colon)), message, messageZh: chinese(message) };
}
