import { expect, test } from 'vitest';
import { dayOf } from '../peers/keytop/index.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const CAR = '豫A喆723';

/** How far a clock must be put forward to show this time of the day, Asia/Shanghai. */
function forwardTo(hour: number, minute: number): number {
  const sinceMidnight = (Date.now() + 8 * 60 * MINUTE) % DAY;
  return ((hour * 60 + minute) * MINUTE - sinceMidnight + DAY) % DAY;
}

const around = [
  { name: 'it is tomorrow at the third party already', at: [23, 55.5], apartMs: 5 * MINUTE },
  { name: 'it is still yesterday at the third party', at: [0, 2], apartMs: -5 * MINUTE },
] as const;

for (const { name, at, apartMs } of around)
  test(`around midnight, five minutes apart: ${name}`, { timeout: 60_000 }, async () => {
    const park = await CarPark.open({ mall: { apartMs }, clockOffsetMs: forwardTo(at[0], at[1]) });
    try {
      const { mall } = park;
      expect(dayOf(park.now() + apartMs)).not.toBe(dayOf(park.now()));
      // What we tell is sealed with our day, and read there with another.
      await park.entry.push(CAR);
      await until('the entry is told', async () => mall.received('PostCarInInfo').length === 1);
      // What it asks is sealed with its day, and read here with another; so is what it does.
      const bill = await mall.downlink.call('GetParkingPaymentInfo', { plateNo: CAR });
      expect(bill.row).toMatchObject({ plateNo: CAR });
      const signed = await mall.downlink.call('RecordDensityPay', { plateNo: CAR });
      expect(signed.answer).toMatchObject({ resCode: 0 });
      // The arm hangs on the camera, and is as well as that one.
      await until('the arm is told to be well', async () => mall.state.deviceStates.get('bar-in1')?.status === '0');
      await park.outboxEmpty();
      expect(mall.violations).toEqual([]);
    } finally {
      await park.close();
    }
  });

test("at noon another day's vector is refused, and changes nothing", { timeout: 60_000 }, async () => {
  const park = await CarPark.open({ mall: true, clockOffsetMs: forwardTo(12, 0) });
  try {
    const { mall } = park;
    await park.entry.push(CAR);
    await until('the entry is told', async () => mall.received('PostCarInInfo').length === 1);
    for (const days of [-1, 1]) {
      const refused = await mall.downlink.call(
        'RecordDensityPay',
        { plateNo: CAR },
        { day: dayOf(park.now() + days * DAY) },
      );
      expect(refused.http).toBe(200);
      expect([refused.answer?.resCode, refused.row]).toEqual([1, null]);
    }
    expect(await park.events('agreement-changed')).toEqual([]);
    expect(mall.violations).toEqual([]);
  } finally {
    await park.close();
  }
});
