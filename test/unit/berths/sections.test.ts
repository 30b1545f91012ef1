import { afterEach, expect, it } from 'vitest';
import { Reports } from '../../../electron/station/reports/reports.ts';
import { shanghaiDateTime } from '../../../shared/domain/time.ts';
import { KerbRig, MINUTE } from './kerb-rig.ts';

let rig: KerbRig;
afterEach(() => rig.dispose());

it('the report per lane tells of each road section, and adds up to the totals', async () => {
  rig = new KerbRig();
  rig.berth(5, { areaId: 'a2' });
  rig.berth(6, { areaId: 'gone' });
  for (const number of [1, 2, 5, 6]) await rig.parked(number, `粤B1000${number}`);
  await rig.wait(20 * MINUTE);
  for (const number of [1, 2, 5]) await rig.left(number);
  const { read } = rig.store;
  const unasked = () => Promise.reject(new Error('not asked'));
  const reports = new Reports({
    read,
    source: {
      day: async (span) => read.reports.day(span),
      ...{ deeds: unasked, balance: unasked, classes: unasked, rows: unasked, groups: unasked, occupancy: unasked },
      insideSince: async () => 0,
    },
    ...{ lanes: [], businessDayStart: () => '00:00', staleDays: () => 2, totalSpaces: 20 },
    areas: ['a1', 'a2', 'a3'].map((id) => ({ id, name: `路段 ${id}` })),
  });
  const day = shanghaiDateTime(rig.clock.now()).slice(0, 10);
  const { lanes } = await reports.lanes(day);
  const figures = lanes.map(({ laneId, areaId, areaName, entries, exits, chargedFen, owedFen }) => ({
    ...{ laneId, areaId, areaName, entries, exits, chargedFen, owedFen },
  }));
  expect(figures).toEqual([
    { laneId: null, areaId: 'a1', areaName: '路段 a1', entries: 2, exits: 2, chargedFen: 1000, owedFen: 1000 },
    { laneId: null, areaId: 'a2', areaName: '路段 a2', entries: 1, exits: 1, chargedFen: 500, owedFen: 500 },
    { laneId: null, areaId: null, areaName: null, entries: 1, exits: 0, chargedFen: 0, owedFen: 0 },
  ]);
  const { totals } = await reports.totals(day);
  expect(figures.reduce((sum, row) => sum + row.chargedFen, 0)).toBe(totals.chargedFen);
});
