import type { PeriodRuleForm, PriceForm, RuleForm, ScheduleForm, SegmentForm, TariffForm } from './form.ts';

/** What a part looks like before anybody filled it in: nothing is chosen for the manager. */

export const newPeriodRule = (freeMinutes: number | null = null, hourFen: number | null = null): PeriodRuleForm => ({
  vehicleClasses: ['small', 'medium', 'large'],
  freeMinutes,
  freeMinutesMode: null,
  followingPeriod: { minutes: 60, feeFen: hourFen },
  eachDay: null,
});

export const newPrice = (kind: PriceForm['kind']): PriceForm => {
  switch (kind) {
    case 'free':
      return { kind };
    case 'flat':
      return { kind, feeFen: null };
    case 'units':
      return { kind, part: null, steps: [{ unitMinutes: 60, unitFen: null }] };
    case 'brackets':
      return { kind, brackets: [{ upToMinutes: 120, totalFen: null }], beyond: null };
  }
};

export const newSegment = (name: string, from: string, to: string): SegmentForm => ({
  name,
  from,
  to,
  price: newPrice('units'),
});

/** The same customers, the other form of a rule. */
export function otherForm(rule: RuleForm, allDay: string): RuleForm {
  const { vehicleClasses, areas, plateKinds, plateColors, cardTypes, lostTicketFen } = rule;
  const selection = {
    vehicleClasses,
    ...(areas === undefined ? {} : { areas }),
    ...(plateKinds === undefined ? {} : { plateKinds }),
    ...(plateColors === undefined ? {} : { plateColors }),
    ...(cardTypes === undefined ? {} : { cardTypes }),
    ...(lostTicketFen === undefined ? {} : { lostTicketFen }),
  };
  if (rule.kind === 'schedule') return { ...newPeriodRule(), ...selection };
  const { freeMinutes, firstPeriod, followingPeriod, capPer24hFen } = rule;
  const steps = [
    ...(firstPeriod
      ? [{ upToMinutes: firstPeriod.minutes, unitMinutes: firstPeriod.minutes, unitFen: firstPeriod.feeFen }]
      : []),
    { unitMinutes: followingPeriod.minutes, unitFen: followingPeriod.feeFen },
  ];
  const schedule: ScheduleForm = {
    kind: 'schedule',
    ...selection,
    ...(freeMinutes ? { free: { minutes: freeMinutes, mode: null, again: null, of: null } } : {}),
    programmes: [
      { segments: [{ name: allDay, from: '00:00', to: '24:00', price: { kind: 'units', part: null, steps } }] },
    ],
    restart: null,
    crossing: null,
    dayType: null,
    acrossMidnight: null,
    ...(capPer24hFen === undefined ? {} : { caps: { per24hFen: capPer24hFen } }),
  };
  return schedule;
}

export const newTariff = (id: string, name: string, freeMinutes: number, hourFen: number): TariffForm => ({
  id,
  name,
  rounding: null,
  afterGrace: null,
  rules: [newPeriodRule(freeMinutes, hourFen)],
});
