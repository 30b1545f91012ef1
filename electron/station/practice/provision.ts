import type { Seat } from './protocol.ts';

/** Ids of the practice car park's lanes. */
export const PRACTICE_LANES = { in: 'in1', out: 'out1' } as const;

const device = (side: 'in' | 'out') => [
  { id: `cam-${side}`, kind: 'camera', driver: 'virtual', settings: { serialNo: `TRAIN-${side.toUpperCase()}` } },
  { id: `bar-${side}`, kind: 'barrier', driver: 'virtual', settings: { camera: `cam-${side}` } },
];

/**
 * The car park in which people practise: virtual devices alone, no platform that is one, and rules under which every lesson
 * comes about. Whatever it prints or exports carries a name that nobody takes for a car park's.
 */
export function practiceProvision(seat: Seat, password: string): object {
  return {
    site: {
      code: '9999',
      name: '训练停车场（非正式）',
      totalSpaces: 100,
      openSpaces: 100,
      rules: { nearMatch: 'ask', expiredCard: 'wait', missingEntryFen: 1000 },
    },
    areas: [{ id: 'a1', code: 1, name: '训练场', spaces: 100 }],
    lanes: [
      {
        ...{ id: PRACTICE_LANES.in, name: '训练入口', direction: 'in', number: 1, area: 'a1' },
        ...{ camera: 'cam-in', barrier: 'bar-in' },
      },
      {
        ...{ id: PRACTICE_LANES.out, name: '训练出口', direction: 'out', number: 2, area: 'a1' },
        ...{ camera: 'cam-out', barrier: 'bar-out', tariff: 'practice' },
      },
    ],
    devices: [...device('in'), ...device('out')],
    tariffs: [
      {
        id: 'practice',
        name: '训练收费规则',
        rules: [
          {
            vehicleClasses: ['small', 'medium', 'large'],
            firstPeriod: { minutes: 60, feeFen: 500 },
            followingPeriod: { minutes: 30, feeFen: 200 },
            capPer24hFen: 3000,
          },
        ],
      },
    ],
    // Whatever they are outside: the office of a car park that does not exist is no place to practise, nor to write files from.
    users: [{ name: seat.trainee, password, role: 'attendant' }],
  };
}
