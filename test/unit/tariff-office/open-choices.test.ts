import { describe, expect, it } from 'vitest';
import { draftOf, EIGHT, HOUR, hourly, MANAGER, openOffice } from './office.ts';

const OPEN = ['rounding', 'afterGrace', 'rules.0.freeMinutesMode', 'rules.0.eachDay'];

describe('a draft with choices that nobody has made', () => {
  it.each(OPEN)('is not published while %s alone is open', (path) => {
    const world = openOffice([hourly(500)]);
    const { drafts, publishing } = world.office;
    const { id } = drafts.create({ kind: 'nothing', tariff: hourly(600) }, { open: [path] }, MANAGER);
    expect(publishing.check(id)).toMatchObject({
      publishable: false,
      findings: [{ severity: 'error', code: 'choice-open' }],
    });
    expect(() => publishing.publish(id, {}, MANAGER)).toThrow(/1 个问题没有决定/);
    drafts.change(id, { open: [] }, MANAGER);
    expect(publishing.publish(id, {}, MANAGER)).toMatchObject({ id: 't1@2' });
  });

  it('keeps them over a change of its remark, and has none left when a whole tariff comes without a word about them', () => {
    const world = openOffice([hourly(500)]);
    const { drafts } = world.office;
    const { id } = drafts.create({ kind: 'nothing', tariff: hourly(600) }, { open: OPEN }, MANAGER);
    expect(drafts.change(id, { remark: '待定' }, MANAGER).open).toEqual(OPEN);
    expect(drafts.change(id, { open: ['rounding'] }, MANAGER)).toMatchObject({ open: ['rounding'], revision: 3 });
    expect(drafts.change(id, { tariff: hourly(700) }, MANAGER).open).toEqual([]);
    expect(drafts.get(draftOf(world, hourly(600))).open).toEqual([]);
  });
});

describe('a tariff that nobody has saved', () => {
  it('is checked and tried as a draft would be, and nothing is kept', () => {
    const world = openOffice([hourly(500)]);
    const { office } = world;
    const stay = { enteredAt: EIGHT, exitedAt: EIGHT + 2 * HOUR, vehicleClass: 'small' as const };
    expect(office.tryWritten(hourly(600), stay).feeFen).toBe(1200);
    expect(office.publishing.checkTariff(hourly(600))).toMatchObject({ publishable: true, findings: [] });
    expect(office.publishing.checkTariff(hourly(600), ['rounding'])).toMatchObject({ publishable: false });
    expect(office.drafts.all()).toEqual([]);
    expect(office.versions.all()).toHaveLength(1);
  });

  it('shows what the part of a unit costs under each reading', () => {
    const world = openOffice([hourly(500)]);
    const [plain] = hourly(400).rules;
    const price = { kind: 'units', part: { aboveMinutes: 15 }, steps: [{ unitMinutes: 30, unitFen: 200 }] };
    const rule = {
      ...{ kind: 'schedule', vehicleClasses: plain?.vehicleClasses, restart: 'never', crossing: 'own-unit' },
      ...{ dayType: 'each-day', acrossMidnight: 'start-day' },
      programmes: [{ segments: [{ name: '全天', from: '00:00', to: '24:00', price }] }],
    };
    const trial = world.office.tryWritten(hourly(400, { rounding: 'none', rules: [rule] }), {
      ...{ enteredAt: EIGHT, exitedAt: EIGHT + 70 * 60_000, vehicleClass: 'small' },
    });
    expect(trial.alternatives.filter(({ choice }) => choice === 'part')).toEqual([
      { choice: 'part', value: 'up', chosen: false, feeFen: 600 },
      { choice: 'part', value: 'down', chosen: false, feeFen: 400 },
      { choice: 'part', value: 'above', chosen: true, feeFen: 400 },
    ]);
  });
});
