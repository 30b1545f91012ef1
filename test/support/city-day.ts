import { expect, onTestFinished } from 'vitest';
import { shanghaiDate } from '../../shared/domain/time.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from './car-park.ts';
import { PARKING_CODE } from './provision.ts';

const image = jpegOfSize(5_000);
export const DAY_MINUTES = 24 * 60;

/** A day in the past, at ten in the morning: whatever the hour at which this runs, no test crosses midnight. */
export function tenInTheMorning(daysAgo: number): number {
  const now = Date.now();
  const midnight = Date.parse(`${shanghaiDate(now - daysAgo * DAY_MINUTES * 60_000)}T00:00:00+08:00`);
  return midnight + 10 * 3_600_000 - now;
}

/** A car park with a city, both living on that morning; closed at the end of the test. */
export async function openInThePast(settings: Readonly<Record<string, unknown>> = {}): Promise<CarPark> {
  const park = await CarPark.open({
    city: { sharesTime: true, settings },
    clockOffsetMs: tenInTheMorning(3),
  });
  onTestFinished(() => park.close());
  return park;
}

/** Cars come, and each second one stays an hour, pays and leaves. @returns their uids */
export async function traffic(park: CarPark, letter: string, cars: number): Promise<string[]> {
  const uids: string[] = [];
  for (let car = 0; car < cars; car += 1) {
    const plate = `鲁${letter}${car}${(car * 7) % 10}${car}${(car * 3) % 10}${car}`;
    expect((await park.entry.push(plate, { image })).reply?.info).toBe('ok');
    uids.push((await park.stayOf(plate)).uid);
    if (car % 2 === 1) continue;
    await park.pass(61);
    const before = park.exit.arm.openings.length;
    await park.exit.push(plate, { image });
    await park.collect(700);
    await park.exit.waitFor(() => park.exit.arm.openings.length > before, 'opening');
  }
  await park.outboxEmpty();
  return uids;
}

/** The entry of a car that nobody here has seen. */
export const stranger = (time: string) => ({
  ...{
    uid: `10011${time.replace(/\D/g, '')}777`,
    arriveID: 'strange-1',
    plateNo: '鲁Z99999',
    parkingCode: PARKING_CODE,
  },
  ...{ arriveTime: time, carType: 1, plateColor: 1, parkingType: 1, entryNum: '1', gateNo: '1', operatorCode: '' },
  ...{ totalBerthNum: 150, openBerthNum: 130, freeBerthNum: 100, uploadTime: time },
});
