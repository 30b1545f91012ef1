import type { z } from 'zod';
import type { areaSchema, deviceSchema, laneSchema, siteSchema } from '../../../shared/domain/site.ts';
import type { tariffSchema } from '../../../shared/domain/tariff.ts';

/** Ids of the demo's lanes and cameras, for the traffic that runs through them. */
export const DEMO_LANES = { in: 'in1', out: 'out1' } as const;
export const DEMO_CAMERAS = { in: 'cam-in1', out: 'cam-out1' } as const;

/** Whether this is still the demo: made-up cars drive by its own two cameras, and where one is gone somebody has a car park of their own. */
export function isDemoPark({
  devices,
}: {
  readonly devices: readonly { readonly id: string; readonly driver: string }[];
}): boolean {
  return Object.values(DEMO_CAMERAS).every((camera) =>
    devices.some(({ id, driver }) => id === camera && driver === 'virtual'),
  );
}

interface DemoProvision {
  readonly site: z.input<typeof siteSchema>;
  readonly areas: z.input<typeof areaSchema>[];
  readonly lanes: z.input<typeof laneSchema>[];
  readonly devices: z.input<typeof deviceSchema>[];
  readonly tariffs: z.input<typeof tariffSchema>[];
}

/**
 * The demo car park: what a newcomer sees before anything is configured. Two lanes with virtual devices and no platform; the
 * tariff charges from the first minute, because nobody waits an hour to see a fee.
 */
export const demoProvision: DemoProvision = {
  site: {
    code: '1001',
    name: '演示停车场',
    address: '山东省青岛市市南区东海西路1号',
    totalSpaces: 150,
    openSpaces: 130,
  },
  areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
  lanes: [
    {
      id: DEMO_LANES.in,
      name: '东门入口',
      direction: 'in',
      number: 1,
      area: 'a1',
      camera: DEMO_CAMERAS.in,
      barrier: 'bar-in1',
    },
    {
      id: DEMO_LANES.out,
      name: '东门出口',
      direction: 'out',
      number: 2,
      area: 'a1',
      booth: '东门岗亭',
      camera: DEMO_CAMERAS.out,
      barrier: 'bar-out1',
      tariff: 'demo',
    },
  ],
  devices: [
    { id: DEMO_CAMERAS.in, kind: 'camera', driver: 'virtual', settings: { serialNo: 'DEMO-IN-1' } },
    { id: 'bar-in1', kind: 'barrier', driver: 'virtual', settings: { camera: DEMO_CAMERAS.in } },
    { id: DEMO_CAMERAS.out, kind: 'camera', driver: 'virtual', settings: { serialNo: 'DEMO-OUT-1' } },
    { id: 'bar-out1', kind: 'barrier', driver: 'virtual', settings: { camera: DEMO_CAMERAS.out } },
  ],
  tariffs: [
    {
      id: 'demo',
      name: '演示收费规则',
      rules: [
        {
          vehicleClasses: ['small'],
          firstPeriod: { minutes: 60, feeFen: 500 },
          followingPeriod: { minutes: 30, feeFen: 200 },
          capPer24hFen: 3000,
        },
        {
          vehicleClasses: ['medium', 'large'],
          firstPeriod: { minutes: 60, feeFen: 1000 },
          followingPeriod: { minutes: 30, feeFen: 400 },
          capPer24hFen: 6000,
        },
      ],
    },
  ],
};
