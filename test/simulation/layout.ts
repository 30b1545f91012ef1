import { type PassageRules, passageRulesSchema } from '../../shared/domain/passage-rules.ts';
import { type Area, type Lane, laneSchema, type Site, siteSchema } from '../../shared/domain/site.ts';
import { type Tariff, tariffSchema } from '../../shared/domain/tariff.ts';
import type { Chance } from './chance.ts';

/** The car park of a simulated day: where its lanes lead, and the rules its manager chose. */
export interface Layout {
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly lanes: readonly Lane[];
  /** In force from the morning, and from noon on. */
  readonly tariffs: readonly [Tariff, Tariff];
  /** Channels in the manager's order. */
  readonly channels: readonly string[];
}

const lane = (over: object): Lane => laneSchema.parse({ area: 'a1', booth: '1', ...over });
const devices = (id: string) => ({ camera: `cam-${id}`, barrier: `bar-${id}` });

const LANES: readonly Lane[] = [
  lane({ id: 'in1', name: '东门入口', direction: 'in', number: 1, ...devices('in1') }),
  lane({ id: 'in2', name: '西门入口', direction: 'in', number: 2, booth: '2', ...devices('in2') }),
  lane({ id: 'out1', name: '东门出口', direction: 'out', number: 3, ...devices('out1') }),
  lane({ id: 'out2', name: '西门出口', direction: 'out', number: 4, booth: '2', ...devices('out2') }),
  lane({ id: 'tide', name: '潮汐车道', direction: 'out', reversible: true, number: 5, ...devices('tide') }),
  lane({
    id: 'both',
    name: '南门混合车道',
    direction: 'both',
    number: 6,
    booth: '2',
    exitCamera: 'cam-both-exit',
    ...devices('both'),
  }),
  // One camera for both ways: whether the car is inside tells the way.
  lane({ id: 'alley', name: '北门混合车道', direction: 'both', number: 7, booth: '2', ...devices('alley') }),
  lane({ id: 'inner-in', name: '内场入口', direction: 'in', number: 8, area: 'a2', ...devices('inner-in') }),
  lane({ id: 'inner-out', name: '内场出口', direction: 'out', number: 9, area: 'a2', ...devices('inner-out') }),
];

const AREAS: readonly Area[] = [
  { id: 'a1', code: 1, name: '外场', spaces: 1500, access: 'all' },
  { id: 'a2', code: 2, name: '内场', spaces: 200, access: 'all', parent: 'a1' },
];

/** Cheap enough that most cars can be asked for it, dear enough that most must be. */
function tariff(version: number, effectiveFrom: string, chance: Chance): Tariff {
  const first = version === 1 ? 500 : 600;
  return tariffSchema.parse({
    id: 'standard',
    name: '标准',
    version,
    effectiveFrom,
    onChange: chance.is(0.5) ? 'split' : 'entry-rule',
    afterGrace: chance.is(0.5) ? 'recalculate' : 'from-payment',
    rules: [
      {
        vehicleClasses: ['small'],
        freeMinutes: 15,
        firstPeriod: { minutes: 60, feeFen: first },
        followingPeriod: { minutes: 30, feeFen: 200 },
        capPer24hFen: 4000,
      },
      {
        vehicleClasses: ['medium', 'large'],
        freeMinutes: 15,
        firstPeriod: { minutes: 60, feeFen: 2 * first },
        followingPeriod: { minutes: 30, feeFen: 400 },
        capPer24hFen: 8000,
      },
    ],
  });
}

function rules(chance: Chance): PassageRules {
  const wait = ['temporary', 'wait', 'refuse'] as const;
  const confirm = {
    temporaryEntry: false,
    cardEntry: chance.is(0.05),
    cardExit: chance.is(0.1),
    freeExit: chance.is(0.1),
  };
  return passageRulesSchema.parse({
    full: { small: chance.pick(['admit', 'wait', 'refuse']), medium: 'admit', large: 'wait' },
    unlicensed: chance.pick(['wait', 'admit']),
    nearMatch: chance.pick(['alone', 'alone', 'ask']),
    expiredCard: chance.pick(wait),
    surplusCar: chance.pick(wait),
    surplusBecomesFixedMinutes: chance.pick([0, 30, 120]),
    quotaFull: chance.pick(['borrow', 'temporary', 'wait', 'refuse']),
    cardGraceDays: chance.pick([0, 0, 1]),
    confirm,
    shiftRequired: chance.is(0.5),
    verifyAboveFen: chance.pick([0, 3_500, 50_000]),
    debtIntercept: chance.pick(['none', 'entry', 'exit', 'both']),
    discountStacking: chance.pick(['all', 'best']),
    orderMinutes: chance.pick([1, 5, 15]),
    missingEntryFen: 2000,
    openReasons: ['设备故障', '其他'],
    releaseReasons: ['特种车辆', '其他'],
  });
}

const wallText = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().replace('Z', '+08:00');

/** @param startsAt the midnight of the day, epoch ms */
export function makeLayout(chance: Chance, startsAt: number, cars: number): Layout {
  const total = Math.max(20, Math.ceil(cars * chance.pick([0.1, 0.25, 0.5])));
  const site = siteSchema.parse({
    code: '1001',
    name: '模拟停车场',
    totalSpaces: total,
    openSpaces: total - 5,
    samePlateSeconds: chance.pick([30, 60, 120]),
    quotas: [{ id: 'tenant', name: '租户车位', spaces: 3 }],
    rules: rules(chance),
  });
  const authority = chance.is(0.6);
  // Beside our rules and our tariff, or alone.
  const word = chance.pick(['both', 'platform', 'platform'] as const);
  const fees = word === 'both' ? 'local' : chance.pick(['local', 'platform'] as const);
  const remote = { platform: 'qingdao', giveUpAfter: 3, pollSeconds: 2, retrySeconds: 1, rules: word, fees } as const;
  const remotes = new Set(['in2', 'out2', ...(chance.is(0.4) ? ['both', 'tide', 'inner-in'] : [])]);
  const onGiveUp = chance.pick(['release', 'local', 'wait'] as const);
  const lanes = LANES.map((each) =>
    authority && remotes.has(each.id) ? { ...each, authority: { ...remote, onGiveUp } } : each,
  );
  return {
    site,
    areas: AREAS,
    lanes,
    tariffs: [
      tariff(1, wallText(startsAt - 30 * 86_400_000), chance),
      tariff(2, wallText(startsAt + 12 * 3_600_000), chance),
    ],
    channels: ['autopay', 'qrpay', 'scanpay'],
  };
}
