import { describe, expect, it } from 'vitest';
import { priceLostTicket } from '../../../electron/station/tariff/lost-ticket.ts';
import { priceStay } from '../../../electron/station/tariff/price-stay.ts';
import { EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import { type Tariff, tariffSchema } from '../../../shared/domain/tariff.ts';
import { allDay, at, per, price, ruleOf, tariffOf, texts } from './support.ts';

const hourly = (feeFen: number, more: object = {}) => ({
  vehicleClasses: ['small', 'medium', 'large'],
  followingPeriod: { minutes: 60, feeFen },
  ...more,
});
const tariff = (id: string, rules: object[], more: object = {}): Tariff =>
  tariffSchema.parse({ id, name: id, rules, ...more });
const oneHour = (tariffs: Tariff[] | Tariff, more: object = {}) =>
  price(tariffs, '03-02 08:00', '03-02 09:00', more).feeFen;
const bookOf = (tariffs: Tariff[], more: object = {}) => ({
  tariffs,
  calendar: EMPTY_CALENDAR,
  defaultVehicleClass: 'small' as const,
  ...more,
});

describe('the rule of a stay', () => {
  const rules = tariff('t', [
    hourly(500),
    hourly(400, { areas: ['b1'] }),
    hourly(300, { plateColors: ['green', 'yellow-green'] }),
    hourly(0, { plateKinds: ['police', 'emergency'] }),
    hourly(100, { cardTypes: ['staff', 'monthly'] }),
    hourly(50, { cardTypes: ['staff'], plateColors: ['green'] }),
  ]);
  const plate = (kind: string, color: string) => ({ plate: { kind, color } });

  it.each([
    ['anybody', {}, 500],
    ['by area', { areaId: 'b1' }, 400],
    ['another area', { areaId: 'b2' }, 500],
    ['by plate colour, before area', { areaId: 'b1', ...plate('new-energy-small', 'green') }, 300],
    ['by plate kind', plate('police', 'white'), 0],
    ['by card, before plate', { cardType: 'monthly', ...plate('ordinary', 'green') }, 100],
    ['by card and plate, before card alone', { cardType: 'staff', ...plate('ordinary', 'green') }, 50],
    ['an unknown card', { cardType: 'visitor' }, 500],
  ] as const)('%s', (_name, more, expected) => {
    expect(oneHour(rules, more)).toBe(expected);
  });

  it('a class without a price is charged as the default one, and nothing prices what neither has', () => {
    const small = tariff('t', [hourly(500, { vehicleClasses: ['small'] })]);
    expect(price(small, '03-02 08:00', '03-02 09:00', { vehicleClass: 'large' })).toMatchObject({
      feeFen: 500,
      vehicleClass: 'small',
    });
    const stay = { enteredAt: at('03-02 08:00'), exitedAt: at('03-02 09:00'), vehicleClass: 'large' as const };
    expect(priceStay(bookOf([small], { defaultVehicleClass: 'medium' }), stay)).toBeNull();
    expect(priceStay(bookOf([]), stay)).toBeNull();
  });

  it('two rules that fit alike are refused, by class and condition', () => {
    const faults = (rules: object[]) =>
      tariffSchema.safeParse({ id: 't', name: 't', rules }).error?.issues.map((issue) => issue.path);
    expect(faults([hourly(1), hourly(2)])).toEqual(Array(3).fill(['rules', 1, 'vehicleClasses']));
    expect(faults([hourly(1, { areas: ['a', 'b'] }), hourly(2, { areas: ['b'] })])).toHaveLength(3);
    expect(faults([hourly(1, { areas: ['a'] }), hourly(2, { areas: ['b'] }), hourly(3)])).toBeUndefined();
  });
});

describe('versions', () => {
  const from = (text: string) => new Date(at(text)).toISOString();
  const v1 = tariff('t', [hourly(500, { freeMinutes: 30 })], { version: 1 });
  const next = (onChange: string | undefined) =>
    tariff('t', [hourly(800, { freeMinutes: 30 })], { version: 2, effectiveFrom: from('03-02 12:00'), onChange });

  it('the last to take effect before the entry counts', () => {
    expect(price([v1, next('split')], '03-02 11:00', '03-02 12:00')).toMatchObject({ feeFen: 500, tariffVersion: 1 });
    expect(price([next('split'), v1], '03-02 12:00', '03-02 13:00')).toMatchObject({ feeFen: 800, tariffVersion: 2 });
  });

  it('a stay keeps the rule of its entry, unless the next version takes it over', () => {
    expect(price([v1, next(undefined)], '03-02 11:00', '03-02 14:00').feeFen).toBe(1500);
    const fee = price([v1, next('split')], '03-02 10:50', '03-02 12:10');
    // 70 min at 5.00 = 2 units; 10 min at 8.00 = 1 unit: free time is not given again
    expect(fee.feeFen).toBe(1800);
    expect(
      fee.steps.map((step) => [step.tariff, step.from.slice(11, 16), step.to.slice(11, 16), step.amountFen]),
    ).toEqual([
      ['t@1', '10:50', '12:00', 1000],
      ['t@2', '12:00', '12:10', 800],
    ]);
  });

  it('a lane that insists on a tariff has it, even before its time', () => {
    const stay = { enteredAt: at('03-02 08:00'), exitedAt: at('03-02 09:00'), vehicleClass: 'small' as const };
    const other = tariff('lane', [hourly(900)], { effectiveFrom: from('03-05 00:00') });
    expect(priceStay(bookOf([v1, other], { tariffId: 'lane' }), stay)?.feeFen).toBe(900);
    expect(priceStay(bookOf([v1, other], { tariffId: 'none' }), stay)).toBeNull();
    expect(priceStay(bookOf([v1, other]), stay)?.feeFen).toBe(500);
  });
});

describe('areas within areas', () => {
  const outer = tariff('outer', [hourly(200)]);
  const inner = tariff('inner', [hourly(1000, { freeMinutes: 15 })], { areas: ['b1'] });
  const visit = (areaId: string, from: string, to: string) => ({
    areaId,
    from: at(`03-02 ${from}`),
    to: at(`03-02 ${to}`),
  });
  const stay = (tariffs: Tariff[], ...segments: ReturnType<typeof visit>[]) =>
    price(tariffs, '03-02 08:00', '03-02 12:00', { areaId: 'a', segments });

  it('time in an inner area with a price is charged there and not outside', () => {
    const fee = stay([outer, inner], visit('b1', '09:30', '10:30'));
    // outside 90 + 90 min = 3 h × 2.00; inside 1 h × 10.00
    expect(fee.feeFen).toBe(600 + 1000);
    expect(fee.steps.map((step) => step.kind)).toEqual([
      'following-periods',
      'other-area',
      'following-periods',
      'following-periods',
    ]);
    expect(fee.steps.map((step) => step.tariff)).toEqual(['outer', 'outer', 'outer', 'inner']);
  });

  it('each visit is a stay of its own', () => {
    expect(stay([outer, inner], visit('b1', '09:00', '09:15'), visit('b1', '10:00', '10:15')).feeFen).toBe(4 * 200);
    expect(stay([outer, inner], visit('b1', '09:00', '09:16'), visit('b1', '10:00', '10:16')).feeFen).toBe(
      4 * 200 + 2 * 1000,
    );
  });

  it('an area without a price belongs to the one around it', () => {
    expect(stay([outer, inner], visit('b2', '09:00', '11:00'))).toEqual(stay([outer, inner]));
    const ruled = tariff('outer', [hourly(200), hourly(700, { areas: ['b2'] })]);
    expect(stay([ruled], visit('b2', '09:00', '11:00')).feeFen).toBe(2 * 200 + 2 * 700);
  });

  it('only the inner area may have a price', () => {
    expect(stay([inner], visit('b1', '09:00', '10:00'))).toMatchObject({
      tariffId: 'inner',
      feeFen: 1000,
      minutes: 240,
    });
  });

  it('visits that overlap are counted once', () => {
    expect(stay([outer, inner], visit('b1', '09:00', '10:00'), visit('b1', '09:30', '10:30')).feeFen).toBe(
      1000 + 1000 + 3 * 200,
    );
  });
});

describe('after a payment', () => {
  const paidAt = at('03-02 10:00');
  const paid = (more: object) => {
    const one = tariff('t', [hourly(500, { freeMinutes: 30, capPer24hFen: 1500 })], more);
    return price(one, '03-02 08:00', '03-02 10:20', { lastPaidAt: paidAt });
  };

  it('the whole stay is worked out again', () => {
    expect(paid({})).toMatchObject({ feeFen: 1500, minutes: 140 });
    expect(paid({ afterGrace: 'recalculate' })).not.toHaveProperty('since');
  });

  it('or the time since is a new stay, with free minutes only if said', () => {
    expect(paid({ afterGrace: 'from-payment' })).toMatchObject({
      feeFen: 500,
      minutes: 20,
      since: '2026-03-02T10:00:00.000+08:00',
    });
    expect(paid({ afterGrace: 'from-payment', freeAfterPayment: true })).toMatchObject({ feeFen: 0, minutes: 20 });
  });
});

describe('a lost ticket', () => {
  it('costs what the rule says', () => {
    const one = tariffOf(allDay(per(60, 500), { lostTicketFen: 3000 }));
    const fee = priceLostTicket(bookOf([one]), { vehicleClass: 'small' }, at('03-02 08:00'));
    expect(fee).toMatchObject({ feeFen: 3000, steps: [{ kind: 'lost-ticket', amountFen: 3000 }] });
    expect(fee && texts(fee)).toEqual(['无入场记录，按 30.00元 收费']);
    expect(priceLostTicket(bookOf([tariffOf(allDay(per(60, 500)))]), { vehicleClass: 'small' }, 0)).toBeNull();
  });
});

describe('the format', () => {
  const faults = (rule: object, more: object = {}) =>
    tariffSchema
      .safeParse({ id: 't', name: 't', rounding: 'none', rules: [ruleOf(rule)], ...more })
      .error?.issues.map((issue) => issue.path.join('.'));

  it('forces the choices that published texts leave open', () => {
    const { restart: _, ...rest } = ruleOf(allDay(per(60, 500)));
    expect(
      tariffSchema.safeParse({ id: 't', name: 't', rounding: 'none', rules: [rest] }).error?.issues[0]?.path,
    ).toEqual(['rules', 0, 'restart']);
    expect(faults(allDay(per(60, 500)), { rounding: undefined })).toEqual(['rounding']);
    expect(faults(allDay({ kind: 'units', steps: [{ unitMinutes: 60, unitFen: 1 }] }))).toEqual([
      'rules.0.programmes.0.segments.0.price.part',
    ]);
    expect(faults(allDay(per(60, 500), { free: { minutes: 15 } }))).toEqual([
      'rules.0.free.mode',
      'rules.0.free.again',
      'rules.0.free.of',
    ]);
  });

  it.each([
    [
      'steps out of order',
      {
        kind: 'units',
        part: 'up',
        steps: [
          { upToMinutes: 60, unitMinutes: 60, unitFen: 1 },
          { upToMinutes: 30, unitMinutes: 30, unitFen: 1 },
          { unitMinutes: 30, unitFen: 1 },
        ],
      },
      'steps.1.upToMinutes',
    ],
    [
      'a last step with an end',
      { kind: 'units', part: 'up', steps: [{ upToMinutes: 60, unitMinutes: 60, unitFen: 1 }] },
      'steps.0.upToMinutes',
    ],
    ['a tail as long as the unit', per(30, 1, { aboveMinutes: 30 }), 'part.aboveMinutes'],
    [
      'a total that falls',
      {
        kind: 'brackets',
        brackets: [
          { upToMinutes: 60, totalFen: 2 },
          { upToMinutes: 90, totalFen: 1 },
        ],
        beyond: 'nothing-more',
      },
      'brackets.1.totalFen',
    ],
  ])('refuses %s', (_name, one, path) => {
    expect(faults(allDay(one))).toEqual([`rules.0.programmes.0.segments.0.price.${path}`]);
  });

  it('refuses a unit that runs across but counts only when full', () => {
    expect(faults({ ...allDay(per(60, 1, 'down')), crossing: 'unit-start' })).toEqual([
      'rules.0.programmes.0.segments.0.price.part',
    ]);
  });
});
