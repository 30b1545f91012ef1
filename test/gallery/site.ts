import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CarPark } from '../support/car-park.ts';

/** Who works at the gallery's car park, besides the administrator that every test station has. */
export const GALLERY_PEOPLE = {
  manager: { name: '老陈', password: 'a short day shift', role: 'manager' },
  attendant: { name: '小王', password: 'a long night shift', role: 'attendant' },
} as const;

const PLATES = [
  ...['鲁B12345', '鲁B6H280', '鲁BD88321', '鲁U2K917', '京A7F663', '鲁B90K21', '苏E3P556', '鲁BF06218', '鲁B5Q771'],
  ...['鲁L8M102', '沪C4N889', '鲁B33A90', '鲁BD19876', '鲁G7T345', '粤B2W908', '鲁B1Z066', '鲁V6R412', '鲁BDK5521'],
];
const anything = z.unknown();
const picture = (name: 'entry' | 'exit'): Buffer =>
  readFileSync(new URL(`../fakes/station/photos/${name}.jpg`, import.meta.url));

/**
 * A car park in which a morning has passed: cars came and went, paid, were let go, one still waits at the exit; cards, lists,
 * a debt and an exception stand in the books; the city refused something. What the pictures of the office show.
 */
export async function openLivedIn(): Promise<CarPark> {
  const park = await CarPark.open({
    city: {},
    provision: {
      site: { name: '滨海广场停车场' },
      users: Object.values(GALLERY_PEOPLE),
      printer: true,
    },
    clockOffsetMs: untilMorning(Date.now()),
  });
  try {
    await fill(park);
    return park;
  } catch (error) {
    await park.close();
    throw error;
  }
}

/** From now to 08:00 of the next day in Shanghai: the day of the pictures does not end while they are taken. */
export function untilMorning(now: number): number {
  const day = 86_400_000;
  const shanghai = now + 8 * 3_600_000;
  return (Math.floor(shanghai / day) + 1) * day + 8 * 3_600_000 - shanghai;
}

async function fill(park: CarPark): Promise<void> {
  const { station } = park;
  let now = Date.now() + untilMorning(Date.now());
  const pass = async (minutes: number): Promise<void> => {
    now += minutes * 60_000;
    await park.pass(minutes);
  };
  const seen = (name: 'entry' | 'exit') => ({ image: picture(name), capturedAt: now, type: 1, colorType: 1 });
  await station.send(anything, '/cards', {
    ...{ number: 'Y0001', type: 'monthly', owner: '张伟', phone: '13800001111', plates: ['鲁U2K917'] },
    ...{ validFrom: '2026-01-01T00:00:00+08:00', validTo: '2099-12-31T23:59:59+08:00' },
  });
  await station.send(anything, '/lists', { list: 'black', plate: '鲁B00000', remark: '多次逃费' });
  for (const [index, plate] of PLATES.entries()) {
    await park.entry.push(plate, seen('entry'));
    await park.laneWhen('in1', 'entered', (lane) => lane.phase === 'cleared' || lane.phase === 'idle');
    await pass(7);
    const leaving = index >= 5 && index % 3 !== 0 ? PLATES[index - 5] : undefined;
    if (leaving === undefined) continue;
    await park.exit.push(leaving, seen('exit'));
    const lane = await park.laneWhen(
      'out1',
      'has the car',
      (each) => each.phase === 'charging' || each.phase === 'cleared',
    );
    if (lane.phase === 'charging') await settle(park, index, lane.bill?.toPayFen ?? 0);
    await pass(2);
  }
  await park.order('out1', 'open', { reason: '设备故障' });
  await park.exit.push('鲁B7X999', seen('exit'));
  await park.laneWhen('out1', 'waits for a person', (lane) => lane.phase === 'attention');
}

async function settle(park: CarPark, index: number, amountFen: number): Promise<void> {
  if (index % 7 === 0) await park.order('out1', 'release', { reason: '特种车辆' });
  else if (index % 8 === 0) await park.order('out1', 'owe', { reason: '现金不足' });
  else await park.order('out1', 'collect', { method: index % 2 === 0 ? 'cash' : 'pos', amountFen });
}
