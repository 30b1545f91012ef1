import { describe, expect, it } from 'vitest';
import { casesFile, readCases } from '../../../electron/station/tariff-office/cases-file.ts';
import { allTemplates, templateOf } from '../../../electron/station/tariff-office/templates.ts';
import { cardTypeSchema, TEMPORARY } from '../../../shared/domain/terms.ts';
import { seeded } from '../../support/random.ts';
import { draftOf, EIGHT, HOUR, hourly, MANAGER, openOffice, publish, stayFrom } from './office.ts';

const facts = (enteredAt: number, exitedAt: number, more: object = {}) => ({
  ...{ enteredAt, exitedAt, vehicleClass: 'small' as const },
  ...more,
});

describe('a trial', () => {
  it('of any template is what the lane charges once it is published', () => {
    const random = seeded(20260302);
    for (const template of allTemplates()) {
      const world = openOffice([]);
      if (template.calendar) world.office.calendar.change(template.calendar, MANAGER);
      const draft = draftOf(world, template.tariff);
      const tried = Array.from({ length: 20 }, () => {
        const enteredAt = EIGHT + Math.floor(random() * 20 * 24 * 60) * 60_000;
        const exitedAt = enteredAt + Math.floor(random() ** 3 * 4 * 24 * 60) * 60_000;
        const vehicleClass = random() < 0.5 ? ('small' as const) : ('large' as const);
        return { enteredAt, exitedAt, vehicleClass, plateKind: 'ordinary' as const, plateColor: 'blue' as const };
      });
      const before = tried.map((each) => {
        try {
          return world.office.tryDraft(draft, each);
        } catch {
          return undefined;
        }
      });
      world.office.publishing.publish(draft, {}, MANAGER);
      expect(before.some((trial) => (trial?.feeFen ?? 0) > 0)).toBe(true);
      for (const [index, { enteredAt, exitedAt, vehicleClass }] of tried.entries()) {
        const charged = world.charge(stayFrom(enteredAt, { vehicleClass }), exitedAt);
        expect([template.id, index, before[index]?.feeFen]).toEqual([template.id, index, charged]);
        if (charged === undefined) continue;
        const again = world.office.tryPublished(template.tariff.id, undefined, tried[index] ?? facts(0, 0));
        expect(again.feeFen).toBe(charged);
        expect(again.steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(charged);
      }
    }
  });

  it('looks at the card, the payment and the grace as a lane does', () => {
    const tariff = hourly(500, {
      afterGrace: 'from-payment',
      rules: [
        { vehicleClasses: ['small'], followingPeriod: { minutes: 60, feeFen: 500 } },
        { vehicleClasses: ['small'], cardTypes: ['stored-value'], followingPeriod: { minutes: 60, feeFen: 300 } },
      ],
    });
    const world = openOffice([tariff]);
    const trial = (more: object) => world.office.tryPublished('t1', undefined, facts(EIGHT, EIGHT + 3 * HOUR, more));
    const terms = { ...TEMPORARY, kind: 'card' as const, cardType: cardTypeSchema.parse('stored-value') };
    expect(trial({}).feeFen).toBe(1500);
    expect(trial({ cardType: 'stored-value' }).feeFen).toBe(900);
    expect(world.charge(stayFrom(EIGHT, { terms }), EIGHT + 3 * HOUR)).toBe(900);
    expect(trial({ lastPaidAt: EIGHT + HOUR })).toMatchObject({ feeFen: 1000, since: expect.any(String) });
    // Within the grace nothing is added to what the stay came to when it was paid.
    expect(trial({ lastPaidAt: EIGHT + 3 * HOUR - 60_000 }).feeFen).toBe(1500);
    expect(() => trial({ lastPaidAt: EIGHT - 1 })).toThrow(/缴费时间/);
  });

  it('shows both readings of what published texts leave open', () => {
    const world = openOffice([]);
    const schedule = {
      id: 's',
      name: '昼夜',
      rounding: 'none',
      rules: [
        {
          kind: 'schedule',
          vehicleClasses: ['small'],
          restart: 'segment',
          crossing: 'own-unit',
          dayType: 'each-day',
          acrossMidnight: 'start-day',
          free: { minutes: 30, mode: 'threshold', again: 'once', of: 'stay' },
          programmes: [
            {
              segments: [
                {
                  name: '白天',
                  from: '08:00',
                  to: '20:00',
                  price: { kind: 'units', part: 'up', steps: [{ unitMinutes: 60, unitFen: 500 }] },
                },
                {
                  name: '夜间',
                  from: '20:00',
                  to: '08:00',
                  price: { kind: 'units', part: 'up', steps: [{ unitMinutes: 60, unitFen: 100 }] },
                },
              ],
            },
          ],
        },
      ],
    };
    // 19:30 to 20:40: half an hour of the day, forty minutes of the night.
    const trial = world.office.tryDraft(
      draftOf(world, schedule),
      facts(EIGHT + 11.5 * HOUR, EIGHT + 12 * HOUR + 40 * 60_000),
    );
    expect(trial.feeFen).toBe(600);
    const of = (choice: string) =>
      trial.alternatives
        .filter((one) => one.choice === choice)
        .map(({ value, chosen, feeFen }) => `${value} ${feeFen}${chosen ? ' *' : ''}`);
    expect(of('free.mode')).toEqual(['threshold 600 *', 'deducted 100']);
    // The hour begun at 19:30 runs to 20:30; ten minutes of the night begin another.
    expect(of('crossing')).toEqual(['own-unit 600 *', 'unit-start 600']);
    expect(of('restart').length).toBe(3);
    const plain = world.office.tryDraft(draftOf(world, hourly(500)), facts(EIGHT, EIGHT + 24.5 * HOUR));
    expect(plain.alternatives.map(({ choice, value }) => `${choice} ${value}`)).toEqual([
      'eachDay restart',
      'eachDay continue',
    ]);
  });

  it('of a stay that runs backwards, or for years, is refused', () => {
    const world = openOffice([hourly(500)]);
    expect(() => world.office.tryPublished('t1', undefined, facts(EIGHT, EIGHT - 1))).toThrow(/早于/);
    expect(() => world.office.tryPublished('t1', undefined, facts(0, EIGHT))).toThrow(/400 天/);
    expect(() => world.office.tryPublished('t9', undefined, facts(EIGHT, EIGHT))).toThrow(/没有这个收费规则/);
  });
});

it('a lost ticket costs what the rule of the car says, or is not priced', () => {
  const world = openOffice([hourly(500)]);
  const car = { vehicleClass: 'small' as const, cardType: 'temporary' };
  expect(world.office.lostTicket(car)).toBeNull();
  const [rule] = hourly(500).rules;
  publish(world, hourly(500, { rules: [{ ...rule, lostTicketFen: 2000 }] }));
  expect(world.office.lostTicket(car)).toMatchObject({ feeFen: 2000, steps: [{ kind: 'lost-ticket' }] });
});

describe('acceptance cases in a file', () => {
  const tables = ['csv', 'xlsx'] as const;
  it.each(tables)('come back from %s as they went in', async (format) => {
    for (const { tariff, cases } of [templateOf('beijing-kerbside'), templateOf('yantai-airport')]) {
      const file = await casesFile(tariff.id, cases, { format, by: '老陈', at: EIGHT });
      const read = await readCases(file.bytes, file.name);
      expect(read.faults).toEqual([]);
      const instants = (list: typeof read.cases) =>
        list.map((one) => ({ ...one, enteredAt: Date.parse(one.enteredAt), exitedAt: Date.parse(one.exitedAt) }));
      expect(instants(read.cases)).toEqual(instants(cases));
    }
  });

  it('with a faulty row name the row and its reason', async () => {
    const text = `用例名称,入场时间,出场时间,车型,应收（元）
甲,2026-03-02 08:00,2026-03-02 09:00,小型车,5
乙,2026-03-02 08:00,2026-03-02 07:00,小型车,5
丙,昨天,2026-03-02 09:00,飞机,-1
甲,2026-03-02 08:00,2026-03-02 10:00,小型车,10`;
    const read = await readCases(Buffer.from(text), 'cases.csv');
    expect(read.ok).toBe(false);
    expect(read.faults.map(({ rowNumber, column }) => `${rowNumber} ${column}`)).toEqual([
      '3 出场时间',
      '4 入场时间',
      '4 车型',
      '4 应收（元）',
      '5 用例名称',
    ]);
  });
});
