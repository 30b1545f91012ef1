import type { Attention, LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import type { StayView } from '../../../shared/contract/stays.ts';
import { type Plate, UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import { ago, bill, charging, discount, lane, monthly, passage, plate, quote, stay, told } from './build.ts';
import { moneyEvents } from './events.ts';
import type { Scene } from './fake-station.ts';
import { askedScenarios } from './scenarios-asked.ts';
import { idle } from './scenarios-idle.ts';
import { pricingScenarios } from './scenarios-pricing.ts';

const blue = plate('鲁B7K218');
const yellow = plate('鲁U3B902', 'yellow');
const noPlate: Plate = { text: '', color: 'unknown', kind: 'none' };
const unlicensedStay = stay(noPlate, 5_400, { uid: '1001-1-20260302163509000', identity: '临A00017' });

const west = (change: Partial<LaneView> = {}): LaneView => lane('in1', '西门入口', 'in', change);
const east = (change: Partial<LaneView> = {}): LaneView => lane('out2', '东门出口', 'out', change);
const inside: readonly StayView[] = [
  unlicensedStay,
  ...[blue, plate('鲁B7R218'), plate('鲁BD12345', 'green', 'new-energy-small'), yellow, plate('鲁BK2180')].map(
    (each, index) => stay(each, 9_000 * (index + 1)),
  ),
];

/** A car that waits for a person at the exit, or at the entry. */
function waiting(attention: Attention, of: Plate, change: Partial<PassageView> = {}, at: 'in' | 'out' = 'out'): Scene {
  const car = passage(`p-${attention}`, of, { attention, photoId: at === 'in' ? 'entry' : 'exit', ...change });
  const here: Partial<LaneView> = { phase: 'attention', passage: car };
  return { ...idle, lanes: at === 'in' ? [west(here), east()] : [west(), east(here)], stays: inside };
}

const candidates: PassageView['candidates'] = [
  { uid: 'uid-a', plate: '鲁B7K218', cost: 0.3, enteredAt: ago(9_000), photoId: 'entry' },
  { uid: 'uid-b', plate: '鲁B7R218', cost: 0.6, enteredAt: ago(18_000), photoId: 'empty' },
  { uid: 'uid-c', plate: '苏B7K216', cost: 0.9, enteredAt: ago(93_900), photoId: null },
  { uid: 'uid-d', plate: '鲁B7K2J8', cost: 1, enteredAt: ago(200_000), photoId: 'entry' },
];

const debts = bill({
  chargeFen: 4000,
  discountFen: 900,
  dueFen: 3100,
  discounts: [discount('丽达超市', 500, '减 5 元'), discount('物业服务中心', 400, '打九折')],
  arrears: [
    { debtId: 'd1', uid: 'u1', amountFen: 1500 },
    { debtId: 'd2', uid: null, amountFen: 500 },
  ],
});
const doubtfulStay = stay(blue, 93_900);
const dearStay = stay(yellow, 4_300_000, { vehicleClass: 'large' });

/** A car in every state that the rule book knows. */
export const carScenarios: Readonly<Record<string, Scene>> = {
  arrears: {
    ...idle,
    events: moneyEvents(),
    lanes: [
      west(),
      east({ phase: 'charging', passage: charging('p-arr', blue, { bill: debts, warnings: ['owing'] }) }),
    ],
  },
  nearmatch: waiting('near-match', plate('鲁B7K2I8'), { candidates: [...candidates], confidence: 64 }),
  seenagain: waiting('seen-again', blue),
  unlicensedOut: waiting('unlicensed', noPlate, { confidence: null }),
  unlicensedIn: waiting('unlicensed', noPlate, { confidence: null, approvable: true }, 'in'),
  blackentry: waiting('blacklisted', yellow, { approvable: true, needsReason: true }, 'in'),
  lotfull: waiting('lot-full', blue, { approvable: true }, 'in'),
  confirm: waiting(
    'confirm',
    blue,
    {
      approvable: true,
      entryPhotoId: 'entry',
      stay: stay(blue, 93_900, { terms: monthly(3) }),
      warnings: ['card-expires-soon'],
    },
    'out',
  ),
  doubtful: {
    ...waiting('doubtful', blue, {
      approvable: true,
      entryPhotoId: 'entry',
      stay: doubtfulStay,
      doubts: [
        { kind: 'held-open', at: ago(40_000), detail: '东门出口常抬 25 分钟' },
        { kind: 'camera-down', at: ago(20_000), detail: '东门出口相机离线 12 分钟，手动开闸 3 次' },
      ],
    }),
    quotes: [quote(doubtfulStay)],
  },
  amount: {
    ...waiting('amount-check', yellow, { approvable: true, entryPhotoId: 'entry', stay: dearStay }),
    quotes: [quote(dearStay, { minutes: 71_666, chargeFen: 117_000, discountFen: 0, discounts: [], dueFen: 117_000 })],
  },
  card: {
    ...idle,
    lanes: [
      west({
        phase: 'cleared',
        passage: passage('p-card', blue, {
          photoId: 'entry',
          stay: stay(blue, 3, { terms: monthly(3) }),
          warnings: ['card-expires-soon'],
        }),
      }),
      east({
        phase: 'charging',
        passage: charging('p-fall', yellow, {
          stay: stay(yellow, 93_900, { terms: { ...monthly(0), kind: 'temporary', fallback: 'surplus' } }),
          warnings: ['card-surplus', 'listed'],
        }),
      }),
    ],
  },
  cleared: {
    ...idle,
    lanes: [
      west(),
      east({
        phase: 'cleared',
        passage: charging('p-gone', blue),
        barrier: { arm: 'open', held: false, lastCommand: told('open', 2) },
      }),
    ],
  },
  ...askedScenarios,
  ...pricingScenarios,
  tidal: {
    ...idle,
    lanes: [
      lane('t1', '南门潮汐车道', 'in', { reversible: true }),
      lane('b2', '北门单车道', 'out', { bothWays: true, authority: 'keytop' }),
      east({ phase: 'charging', passage: charging('p-out', blue) }),
    ],
  },
  unread2: waiting('unread-plate', UNREAD_PLATE, { confidence: null }),
};
