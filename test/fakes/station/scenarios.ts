import { UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import { ago, bill, charging, lane, link, message, passage, person, plate, stay, told } from './build.ts';
import type { Scene } from './fake-station.ts';
import { passedEvents } from './passed-events.ts';
import { carScenarios } from './scenarios-cars.ts';
import { hardwareScenarios } from './scenarios-hardware.ts';
import { idle } from './scenarios-idle.ts';
import { kerbScenarios } from './scenarios-kerb.ts';

const green = plate('鲁BD12345', 'green', 'new-energy-small');
const yellow = plate('鲁U3B902', 'yellow');
const blue = plate('鲁B7K218');
const white = plate('鲁B0321警', 'white', 'police');

const chargingLanes = [
  lane('in1', '西门入口', 'in', {
    phase: 'cleared',
    passage: passage('p-in', green, { photoId: 'entry', stay: stay(green, 3) }),
    barrier: {
      arm: 'open',
      held: false,
      lastCommand: told('open', 2),
    },
  }),
  lane('out2', '东门出口', 'out', {
    phase: 'charging',
    passage: charging('p-out', blue),
    waiting: [yellow, UNREAD_PLATE],
  }),
];

const cities = [
  link(),
  link({
    platform: 'shenzhen',
    title: '深圳市停车管理平台',
    state: 'offline',
    detail: '连接被拒绝（127.0.0.1:9005）',
    waiting: 214,
    oldestWaitingSeconds: 8_100,
    lastSuccessAt: ago(8_100),
    lastFailureAt: ago(12),
    clockDriftMs: null,
    downlink: 'offline',
  }),
  link({ platform: 'keytop', title: '科拓云平台', deliveredToday: 611, clockDriftMs: -3_400, refused: 2 }),
  link({
    platform: 'vanke',
    title: '万科物业停车',
    state: 'unknown',
    deliveredToday: 0,
    lastSuccessAt: null,
    clockDriftMs: null,
    downlink: 'none',
  }),
  link({ platform: 'cmb', title: '招商银行无感支付', deliveredToday: 402, downlink: 'none' }),
];

const refusedUid = '1001-1-20260302152233123';
const messages = [...Array.from({ length: 260 }, (_, index) => message(300 - index))].map((each, index) => {
  if (index === 3)
    return {
      ...each,
      key: refusedUid,
      message: 'uploadCarOutData',
      status: 'refused' as const,
      attempts: 3,
      deliveredAt: null,
      lastError: '平台返回 code=4007：车牌颜色与入场记录不一致（入场 2，出场 1）',
      why: { code: 'refused' as const, said: '4007 车牌颜色与入场记录不一致' },
      dependents: [298, 299],
    };
  if (index === 1 || index === 2)
    return {
      ...each,
      key: refusedUid,
      message: index === 1 ? 'uploadBill' : 'uploadPhoto',
      kind: index === 2 ? ('photo' as const) : ('record' as const),
      status: 'waiting' as const,
      attempts: 0,
      deliveredAt: null,
      held: true,
    };
  if (index % 17 === 5)
    return {
      ...each,
      platform: 'shenzhen',
      status: 'waiting' as const,
      attempts: 9,
      deliveredAt: null,
      nextAttemptAt: ago(-45),
      lastError: 'connect ECONNREFUSED 127.0.0.1:9005',
    };
  if (index === 30)
    return { ...each, status: 'discarded' as const, deliveredAt: null, lastError: '平台返回 code=4001' };
  return each;
});

const attention = (reason: 'unread-plate' | 'no-entry' | 'blacklisted'): Scene => ({
  ...idle,
  lanes: [
    lane('in1', '西门入口', 'in'),
    lane('out2', '东门出口', 'out', {
      phase: 'attention',
      passage: passage('p-att', reason === 'unread-plate' ? UNREAD_PLATE : plate('鲁B7K2I8'), {
        attention: reason,
        confidence: reason === 'unread-plate' ? null : 64,
      }),
    }),
  ],
  stays: [blue, plate('鲁B7R218'), green, yellow, plate('鲁BK2180')].map((each, index) =>
    stay(each, 9_000 * (index + 1)),
  ),
});

const channels: Scene['channels'] = [
  { id: 'wx', title: '微信支付', kind: 'qr', method: 'wechat' },
  { id: 'ali', title: '支付宝', kind: 'qr', method: 'alipay' },
  { id: 'gun', title: '聚合扫码', kind: 'scan', method: 'wechat' },
];

/** The bank's two ways: asked by the exit, and its code. */
const bank: Scene['channels'] = [
  {
    ...{ id: 'cmb', title: '招行无感支付', kind: 'agreement', method: 'platform' },
    askAtMs: [2_000, 5_000, 10_000],
  },
  { id: 'cmb-qr', title: '招行收款码', kind: 'qr', method: 'platform' },
];

/** The stays that the journal of an afternoon speaks of. */
const passedStays = [
  stay(blue, 7_000, {
    ...{ uid: '1001-1-20260302160112000', status: 'left', exitedAt: ago(1_400), chargeFen: 1_500, paidFen: 1_500 },
    exitLane: { id: 'out2', name: '东门出口', number: 2 },
  }),
];

const area = (areaId: string, name: string, inside: number, free: number): NonNullable<Scene['areas']>[number] => ({
  ...{ areaId, name, inside, free, total: inside + free, counted: inside, correction: 0 },
  byClass: { small: inside, medium: 0, large: 0 },
});

/** The scenes of the UI, by name. */
export const scenarios: Readonly<Record<string, Scene>> = {
  ...carScenarios,
  ...kerbScenarios,
  ...hardwareScenarios,
  idle,
  empty: { ...idle, events: [], lanes: [], links: [] },
  setup: { ...idle, state: 'needs-setup' },
  demo: { ...idle, siteName: '演示停车场', demo: true, user: person('demo', 'manager'), lanes: chargingLanes },
  charging: { ...idle, lanes: chargingLanes },
  paying: { ...idle, lanes: chargingLanes, channels, stays: passedStays, events: passedEvents() },
  bank: { ...idle, lanes: chargingLanes, channels: [...bank, ...channels], stays: passedStays, events: passedEvents() },
  passedManager: {
    ...idle,
    user: person('李建国', 'manager'),
    lanes: chargingLanes,
    channels,
    stays: passedStays,
    events: passedEvents(),
  },
  /** Power went while a receipt was printed. */
  paperMaybe: {
    ...(hardwareScenarios['hardware'] ?? idle),
    user: person('李建国', 'manager'),
    stays: passedStays,
    events: passedEvents(),
    paper: 'maybe',
  },
  areas: { ...idle, lanes: chargingLanes, areas: [area('a1', '地面', 93, 57), area('a2', '地库', 40, 0)] },
  free: {
    ...idle,
    lanes: [
      lane('in1', '西门入口', 'in'),
      lane('out2', '东门出口', 'out', {
        phase: 'charging',
        passage: charging('p-free', white, {
          bill: bill({ minutes: 9, chargeFen: 0, discountFen: 0, discounts: [], dueFen: 0, steps: [] }),
        }),
      }),
    ],
  },
  unread: attention('unread-plate'),
  noentry: attention('no-entry'),
  blacklisted: attention('blacklisted'),
  hold: {
    ...idle,
    lanes: [
      lane('in1', '西门入口', 'in', {
        barrier: {
          arm: 'open',
          held: true,
          lastCommand: told('hold', 900, { origin: 'manual', by: '王秀兰' }),
        },
      }),
      lane('out2', '东门出口', 'out', {
        phase: 'cleared',
        passage: charging('p-unk', blue),
        barrier: {
          arm: 'unknown',
          held: false,
          lastCommand: told('open', 6, { outcome: 'unknown', detail: '5 秒无应答' }),
        },
        devices: [
          { id: 'cam-out2', kind: 'camera', driver: 'vzenith-http', state: 'offline', lastSeenAt: ago(45) },
          { id: 'bar-out2', kind: 'barrier', driver: 'camera', state: 'unknown', lastSeenAt: null },
        ],
      }),
    ],
    alarms: [
      { code: 'gate-unanswered', subject: 'out2', detail: '东门出口闸机 5 秒无应答', severity: 'alarm', since: ago(6) },
      { code: 'camera-offline', subject: 'cam-out2', detail: '东门出口相机离线', severity: 'warning', since: ago(45) },
      { code: 'held-open', subject: 'in1', detail: '西门入口常抬已 15 分钟', severity: 'warning', since: ago(900) },
    ],
    spaces: { total: 150, open: 130, free: 0, inside: 131 },
  },
  four: {
    ...idle,
    links: cities,
    lanes: [
      ...chargingLanes,
      lane('in3', '北门大车入口', 'in', { waiting: [yellow] }),
      lane('out4', '北门大车出口', 'out', {
        phase: 'attention',
        passage: passage('p-4', yellow, { attention: 'no-entry' }),
      }),
    ],
  },
  payingFour: {
    ...idle,
    channels,
    lanes: [
      ...chargingLanes,
      lane('in3', '北门大车入口', 'in', { waiting: [yellow] }),
      lane('out4', '北门大车出口', 'out'),
    ],
  },
  outbox: { ...idle, user: person('李建国', 'manager'), links: cities, messages },
  outboxAttendant: { ...idle, links: cities, messages },
  plates: {
    ...idle,
    lanes: [
      ...[
        green,
        plate('鲁B12345', 'yellow-green', 'new-energy-large'),
        white,
        plate('使014578', 'black', 'embassy'),
      ].map((each, index) =>
        lane(`in${index + 1}`, `${index + 1}号入口`, 'in', {
          phase: 'cleared',
          passage: passage(`p${index}`, each, { photoId: 'entry' }),
        }),
      ),
    ],
  },
};
