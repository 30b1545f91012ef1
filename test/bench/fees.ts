import { priceStay } from '../../electron/station/tariff/price-stay.ts';
import { EMPTY_CALENDAR } from '../../shared/domain/calendar.ts';
import { type Tariff, tariffSchema } from '../../shared/domain/tariff.ts';
import { report } from './report.ts';

/**
 * Fees per second, beside as many times turning such a fee into JSON in the same run: what it costs to work a fee out against
 * what it costs just to write it down.
 *
 * Usage: npx node test/bench/fees.ts [stays]
 */
const stays = Number(process.argv[2] ?? 200_000);
const start = Date.parse('2026-03-02T08:00:00+08:00');
const hour = 3_600_000;

const hourly = tariffSchema.parse({
  id: 'hourly',
  name: '按小时',
  rules: [
    { vehicleClasses: ['small'], freeMinutes: 15, followingPeriod: { minutes: 60, feeFen: 500 }, capPer24hFen: 5000 },
  ],
});
const segments = tariffSchema.parse({
  id: 'segments',
  name: '白天夜间',
  rounding: 'none',
  rules: [
    {
      kind: 'schedule',
      vehicleClasses: ['small'],
      free: { minutes: 15, mode: 'threshold', again: 'once', of: 'stay' },
      restart: 'segment',
      crossing: 'own-unit',
      dayType: 'each-day',
      acrossMidnight: 'start-day',
      programmes: [['workday'], ['weekend', 'short-holiday', 'long-holiday']].map((dayTypes, index) => ({
        dayTypes,
        segments: [
          {
            name: '白天',
            from: '07:00',
            to: '21:00',
            capFen: 4000 + index * 1000,
            price: {
              kind: 'units',
              part: 'up',
              steps: [
                { upToMinutes: 60, unitMinutes: 60, unitFen: 500 },
                { unitMinutes: 30, unitFen: 300 },
              ],
            },
          },
          { name: '夜间', from: '21:00', to: '07:00', price: { kind: 'flat', feeFen: 500 } },
        ],
      })),
    },
  ],
});

function measure(what: string, tariff: Tariff, lengthMs: number, rounds: number): void {
  const book = { tariffs: [tariff], calendar: EMPTY_CALENDAR, defaultVehicleClass: 'small' as const };
  const one = (round: number) => {
    const enteredAt = start + (round % 1440) * 60_000;
    return priceStay(book, { enteredAt, exitedAt: enteredAt + lengthMs, vehicleClass: 'small' });
  };
  const rate = (work: (round: number) => unknown): number => {
    for (let round = 0; round < rounds / 5; round += 1) work(round);
    const begun = performance.now();
    for (let round = 0; round < rounds; round += 1) work(round);
    return (rounds / (performance.now() - begun)) * 1000;
  };
  const fees = rate(one);
  const sample = one(0);
  const bare = rate(() => JSON.stringify(sample));
  const ratio = (fees / bare).toFixed(2);
  process.stdout.write(`${what}: ${Math.round(fees)} fees/s, ${ratio} of the bare JSON (${Math.round(bare)}/s)\n`);
  report(what, fees / bare, 'x as many JSON texts');
  report(`${what}, plain`, fees, 'fees/s');
}

measure('2 hours, hourly', hourly, 2 * hour, stays);
measure('2 hours across the evening, segments', segments, 2 * hour, stays);
measure('60 days, segments', segments, 60 * 24 * hour, Math.max(1, Math.floor(stays / 40)));
measure('60 days, hourly with a cap', hourly, 60 * 24 * hour, Math.max(1, Math.floor(stays / 40)));
