import { DEFAULT_RULES } from '../../../shared/domain/passage-rules.ts';
import { lane, link, person } from './build.ts';
import { busyEvents } from './events.ts';
import type { Scene } from './fake-station.ts';

/** Nobody is there: what every other scene begins from. */
export const idle: Scene = {
  siteName: '崂山区东海路停车场',
  state: 'ready',
  demo: false,
  user: person('王秀兰', 'attendant'),
  lanes: [lane('in1', '西门入口', 'in'), lane('out2', '东门出口', 'out')],
  spaces: { total: 150, open: 130, free: 57, inside: 93 },
  links: [link()],
  alarms: [],
  events: busyEvents(),
  messages: [],
  stays: [],
  quotes: [],
  rules: {
    ...DEFAULT_RULES,
    openReasons: ['车到闸未抬', '设备故障', '军警消防救护', '工程保洁', '疏导拥堵', '其他原因'],
    releaseReasons: ['军警消防救护', '内部车辆', '设备故障', '管理员同意', '收费争议', '其他原因'],
  },
};
