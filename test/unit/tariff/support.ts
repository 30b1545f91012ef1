import { priceStay, type StayToPrice } from '../../../electron/station/tariff/price-stay.ts';
import { type Calendar, EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import { type Fee, feeSchema, type Tariff, tariffSchema } from '../../../shared/domain/tariff.ts';

/** `03-02 08:00` of 2026 (a Monday) in Shanghai. */
export const at = (text: string): number => Date.parse(`2026-${text.replace(' ', 'T')}:00+08:00`);

export const per = (unitMinutes: number, unitFen: number, part: unknown = 'up') => ({
  kind: 'units',
  part,
  steps: [{ unitMinutes, unitFen }],
});

const base = {
  kind: 'schedule',
  vehicleClasses: ['small'],
  restart: 'segment',
  crossing: 'own-unit',
  dayType: 'each-day',
  acrossMidnight: 'start-day',
};

/** A full rule; what the test does not care about is chosen in the usual way. */
export const ruleOf = (rule: object) => ({ ...base, ...rule });

export const tariffOf = (rule: object, more: object = {}): Tariff =>
  tariffSchema.parse({ id: 't', name: '测试', rounding: 'none', rules: [ruleOf(rule)], ...more });

/** One price round the clock, counted anew each 24 hours. */
export const allDay = (price: unknown, more: object = {}) => ({
  restart: '24h',
  programmes: [{ segments: [{ name: '全天', from: '00:00', to: '24:00', price }] }],
  ...more,
});

/** Two sides of a day. */
export const dayAndNight = (
  day: unknown,
  night: unknown,
  more: object = {},
  hours = ['08:00', '20:00'],
  caps: object[] = [{}, {}],
) => ({
  programmes: [
    {
      segments: [
        { name: '白天', from: hours[0], to: hours[1], price: day, ...caps[0] },
        { name: '夜间', from: hours[1], to: hours[0], price: night, ...caps[1] },
      ],
    },
  ],
  ...more,
});

export function price(
  tariffs: readonly Tariff[] | Tariff,
  from: string,
  to: string,
  more: Partial<StayToPrice> = {},
  calendar: Calendar = EMPTY_CALENDAR,
): Fee {
  const book = { tariffs: [tariffs].flat(), calendar, defaultVehicleClass: 'small' as const };
  const fee = priceStay(book, { enteredAt: at(from), exitedAt: at(to), vehicleClass: 'small', ...more });
  if (!fee) throw new Error('not priced');
  return feeSchema.parse(fee);
}

export const texts = (fee: Fee): string[] => fee.steps.map((step) => step.text);
