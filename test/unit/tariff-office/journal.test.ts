import { expect, it } from 'vitest';
import { verifyDirectory } from '../../../electron/station/evidence/verify.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { EIGHT, HOUR, hourly, MANAGER, openOffice, publish } from './office.ts';

it('everything the office keeps is what the journal adds up to, and an edited price is found', async () => {
  const clock = new FakeClock(EIGHT);
  const world = openOffice([hourly(500)], { clock });
  const { drafts, cases, calendar, publishing } = world.office;
  cases.put('t1', [], MANAGER);
  cases.put(
    't1',
    [
      {
        ...{ name: '一小时', vehicleClass: 'small', feeFen: 900 },
        ...{ enteredAt: '2026-03-02T08:00:00+08:00', exitedAt: '2026-03-02T09:00:00+08:00' },
      },
    ],
    MANAGER,
  );
  publish(world, hourly(900), EIGHT + HOUR);
  publishing.withdraw('t1', 2, '改期', MANAGER);
  const { id } = drafts.create({ kind: 'template', templateId: 'yantai-airport' }, {}, MANAGER);
  drafts.remove(drafts.create({ kind: 'published', tariffId: 't1' }, {}, MANAGER).id, MANAGER);
  drafts.change(id, { remark: '待定' }, MANAGER);
  calendar.change({ restDays: [7] }, MANAGER);
  const verify = () => verifyDirectory({ dataDirectory: world.temp.directory }, clock);
  expect((await verify()).findings).toEqual([]);
  world.temp.db.exec("UPDATE tariff_versions SET body = replace(body, '500', '100') WHERE id = 't1@1'");
  const report = await verify();
  expect(JSON.stringify(report.findings)).toContain('tariff_versions');
});
