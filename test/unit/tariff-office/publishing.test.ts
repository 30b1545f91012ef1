import { describe, expect, it } from 'vitest';
import type { AcceptanceCase } from '../../../shared/domain/tariff.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { draftOf, EIGHT, eventsOf, HOUR, hourly, MANAGER, openOffice, publish, stayFrom } from './office.ts';

const caseOf = (name: string, hours: number, feeFen: number): AcceptanceCase => ({
  name,
  enteredAt: '2026-03-02T08:00:00+08:00',
  exitedAt: new Date(EIGHT + hours * HOUR).toISOString(),
  vehicleClass: 'small',
  feeFen,
});

describe('publishing', () => {
  it('is blocked by a failing case, which is named with both fees', () => {
    const world = openOffice([hourly(500)]);
    world.office.cases.put(
      't1',
      [caseOf('一小时', 1, 600), caseOf('两小时', 2, 1100), caseOf('三小时', 3, 1700)],
      MANAGER,
    );
    const draft = draftOf(world, hourly(600));
    expect(world.office.publishing.check(draft)).toMatchObject({ publishable: false });
    expect(() => world.office.publishing.publish(draft, {}, MANAGER)).toThrow(
      /2 个.*「两小时」应为 11\.00 元，算得 12\.00 元.*「三小时」应为 17\.00 元，算得 18\.00 元/,
    );
    expect(eventsOf(world, 'tariff-published')).toHaveLength(1);
    expect(world.charge(stayFrom(EIGHT), EIGHT + HOUR)).toBe(500);

    world.office.cases.put('t1', [caseOf('一小时', 1, 600), caseOf('两小时', 2, 1200)], MANAGER);
    expect(world.office.publishing.publish(draft, {}, MANAGER)).toMatchObject({ id: 't1@2', casesPassed: 2 });
    expect(world.office.drafts.all()).toEqual([]);
    expect(eventsOf(world, 'tariff-published').at(-1)).toMatchObject({ actor: MANAGER, body: { draftId: draft } });
  });

  it('is blocked by a contradiction in the tariff itself', () => {
    const world = openOffice([hourly(500)]);
    const draft = draftOf(world, hourly(600, { freeAfterPayment: true }));
    expect(() => world.office.publishing.publish(draft, {}, MANAGER)).toThrow(/freeAfterPayment/);
  });

  it('is blocked where it names an area that is not there, and warns of a card that nobody has', () => {
    const world = openOffice([hourly(500)]);
    const [rule] = hourly(500).rules;
    const draft = draftOf(
      world,
      hourly(500, { rules: [rule, { ...rule, areas: ['a1', 'b9'], cardTypes: ['month'] }] }),
    );
    expect(world.office.publishing.check(draft).findings).toMatchObject([
      { severity: 'error', code: 'unknown-area', path: ['rules', 1, 'areas', 1] },
      { severity: 'warning', code: 'unknown-card-type', path: ['rules', 1, 'cardTypes', 0] },
    ]);
    expect(() => world.office.publishing.publish(draft, {}, MANAGER)).toThrow(/rules\[1\]\.areas\[1\].*b9/);
  });

  it('never takes effect in the past, nor with a draft that somebody changed meanwhile', () => {
    const world = openOffice([hourly(500)]);
    const { drafts, publishing } = world.office;
    const draft = draftOf(world, hourly(600));
    expect(() => publishing.publish(draft, { effectiveFrom: EIGHT - 61_000 }, MANAGER)).toThrow(/不能早于现在/);
    drafts.change(draft, { tariff: hourly(700) }, { kind: 'user', name: '小李' });
    expect(() => publishing.publish(draft, { revision: 1 }, MANAGER)).toThrow(/小李/);
    const published = publishing.publish(draft, { effectiveFrom: EIGHT - 30_000, revision: 2 }, MANAGER);
    expect(published.tariff.effectiveFrom).toBe('2026-03-02T08:00:00.000+08:00');
  });

  it('switches at its instant: a car that is inside keeps the rule of its entry, or is split, as the version says', async () => {
    for (const [onChange, insideFen] of [
      ['entry-rule', 2000],
      ['split', 1000 + 2000],
    ] as const) {
      const clock = new FakeClock(EIGHT);
      const world = openOffice([hourly(500)], { clock });
      publish(world, hourly(1000, { onChange }), EIGHT + 2 * HOUR);
      const inside = stayFrom(EIGHT);
      expect(world.charge(inside, EIGHT + 2 * HOUR)).toBe(1000);
      await clock.advance(2 * HOUR - 1);
      expect(world.office.versions.all().map((one) => world.office.versions.state(one))).toEqual([
        'in-force',
        'scheduled',
      ]);
      await clock.advance(1);
      expect(world.office.versions.all().map((one) => world.office.versions.state(one))).toEqual([
        'superseded',
        'in-force',
      ]);
      expect(world.charge(inside, EIGHT + 4 * HOUR)).toBe(insideFen);
      expect(world.charge(stayFrom(EIGHT + 2 * HOUR), EIGHT + 4 * HOUR)).toBe(2000);
    }
  });

  it('is called back before it takes effect, and never after; its number is not given again', async () => {
    const clock = new FakeClock(EIGHT);
    const world = openOffice([hourly(500)], { clock });
    publish(world, hourly(900), EIGHT + HOUR);
    world.office.publishing.withdraw('t1', 2, '价格算错', MANAGER);
    expect(world.charge(stayFrom(EIGHT + 2 * HOUR), EIGHT + 3 * HOUR)).toBe(500);
    expect(() => world.office.publishing.withdraw('t1', 2, '再来', MANAGER)).toThrow(/已经撤回/);
    expect(publish(world, hourly(800), EIGHT + HOUR).tariff.version).toBe(3);
    await clock.advance(HOUR);
    expect(() => world.office.publishing.withdraw('t1', 3, '晚了', MANAGER)).toThrow(/已经生效/);
    expect(() => world.office.publishing.withdraw('t1', 9, '没有', MANAGER)).toThrow(/没有/);
  });

  it('of a tariff that a lane names leaves the one in force everywhere else alone', () => {
    const night = (fen: number) => hourly(fen, { id: 'night', name: '夜间' });
    const world = openOffice([hourly(500), night(100)]);
    const draft = world.office.drafts.create({ kind: 'published', tariffId: 'night' }, {}, MANAGER);
    world.office.drafts.change(draft.id, { tariff: { ...draft.tariff, rules: night(200).rules } }, MANAGER);
    expect(world.office.publishing.check(draft.id).replaces).toEqual([]);
    world.office.publishing.publish(draft.id, {}, MANAGER);
    expect(world.charge(stayFrom(EIGHT), EIGHT + HOUR)).toBe(500);
    expect(world.charge(stayFrom(EIGHT), EIGHT + HOUR, 'night')).toBe(200);
    expect(world.office.versions.all().map((one) => [one.id, world.office.versions.state(one)])).toEqual([
      ['t1@1', 'in-force'],
      ['night@1', 'superseded'],
      ['night@2', 'in-force'],
    ]);
  });

  it('under a new id says which tariff it puts out of force', () => {
    const world = openOffice([hourly(500)]);
    const draft = draftOf(world, hourly(700, { id: 'summer' }));
    expect(world.office.publishing.check(draft).replaces).toEqual(['t1@1']);
  });
});

describe('a draft', () => {
  it('is refused with the path of every fault', () => {
    const world = openOffice([]);
    expect(() =>
      draftOf(world, { ...hourly(500), rules: [{ vehicleClasses: ['small'], free: 3 }], colour: 1 }),
    ).toThrow(/rules\[0\]\.followingPeriod.*rules\[0\].*free.*colour/);
    expect(() => draftOf(world, hourly(500, { id: 'drafts' }))).toThrow(/id: /);
    expect(world.office.drafts.all()).toEqual([]);
  });

  it('from hostile hands is refused at once and in words', () => {
    const world = openOffice([]);
    const [rule] = hourly(500).rules;
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = { deep };
    const hostile: readonly [unknown, RegExp][] = [
      [{ ...hourly(500), rules: Array.from({ length: 10_000 }, () => rule) }, /rules: 超过 500 项/],
      [{ ...hourly(500), rules: Array.from({ length: 300 }, () => rule) }, /rules: /],
      [{ ...hourly(500), deep }, /嵌套超过 20 层/],
      [{ ...hourly(500), rules: [{ ...rule, followingPeriod: { minutes: 60, feeFen: 1e300 } }] }, /feeFen/],
      [{ ...hourly(500), rules: [{ ...rule, followingPeriod: { minutes: -1, feeFen: 1 } }] }, /minutes/],
      [{ ...hourly(500), rules: [{ ...rule, vehicleClasses: Array(100_000).fill('small') }] }, /超过 500 项/],
      [Array(10), /./],
      ['x'.repeat(1000), /./],
      [null, /./],
    ];
    for (const [document, words] of hostile) {
      const before = process.cpuUsage();
      expect(() => draftOf(world, document)).toThrow(words);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(500);
    }
  });

  it('is made, changed and deleted as events; a change that changes nothing is none', () => {
    const world = openOffice([hourly(500)]);
    const { drafts } = world.office;
    const { id } = drafts.create({ kind: 'template', templateId: 'beijing-kerbside' }, { tariffId: 't1' }, MANAGER);
    expect(drafts.get(id)).toMatchObject({ tariff: { id: 't1' }, origin: { kind: 'template' }, revision: 1 });
    drafts.change(id, { tariff: drafts.get(id).tariff }, MANAGER);
    drafts.change(id, { remark: '夏季' }, MANAGER);
    drafts.remove(id, MANAGER);
    expect(eventsOf(world, 'tariff-drafted').map((event) => event.body)).toMatchObject([
      { change: 'added' },
      { change: 'updated', draft: { remark: '夏季', revision: 2 } },
      { change: 'removed' },
    ]);
    expect(() => drafts.get(id)).toThrow(/没有这个草稿/);
    expect(() => drafts.create({ kind: 'template', templateId: 'constructor' }, {}, MANAGER)).toThrow(/没有这个模板/);
  });
});
