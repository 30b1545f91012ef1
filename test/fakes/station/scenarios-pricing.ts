import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { ago, lane, passage, plate, stay } from './build.ts';
import { busyEvents } from './events.ts';
import type { Scene } from './fake-station.ts';
import { idle } from './scenarios-idle.ts';

const blue = plate('苏E05EV8');

type Price = NonNullable<PassageView['price']>;
const car = (price: Partial<Price>, change: Partial<PassageView> = {}): PassageView =>
  passage('p-fee', blue, {
    entryPhotoId: 'entry',
    stay: stay(blue, 7_800),
    price: { platform: 'keytop', since: ago(1), question: 1, detail: '', ...price },
    ...change,
  });
const scene = (change: Partial<LaneView>): Scene => ({
  ...idle,
  events: busyEvents(),
  lanes: [lane('in1', '西门入口', 'in'), lane('out2', '东门出口', 'out', change)],
});
const unknown = (price: Partial<Price>): Scene =>
  scene({ phase: 'attention', passage: car({ since: ago(9), ...price }, { attention: 'fee-unknown' }) });

/** 第三方计费: the price of the car at the exit is asked for, or nobody told it. */
export const pricingScenarios: Readonly<Record<string, Scene>> = {
  pricing: scene({ phase: 'pricing', passage: car({}) }),
  pricingLong: scene({
    phase: 'pricing',
    passage: car({ since: ago(5), question: 2 }),
    waiting: [plate('鲁B7K218')],
  }),
  feeUnknown: unknown({ detail: '没有在规定时间内答复' }),
  feeRefused: unknown({ question: 3, detail: '未找到该车辆的入场记录，无法计费，请联系商场会员服务台处理' }),
};
