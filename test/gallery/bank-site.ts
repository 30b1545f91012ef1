import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { type AttemptView, attemptViewSchema, caseViewSchema } from '../../shared/contract/payments.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';
import type { CityDay } from './city-site.ts';
import { GALLERY_PEOPLE, untilMorning } from './site.ts';

const cases = pageOf(caseViewSchema);
const attempts = z.array(attemptViewSchema);
const picture = (name: 'entry' | 'exit'): Buffer =>
  readFileSync(new URL(`../fakes/station/photos/${name}.jpg`, import.meta.url));

/** What a camera tells besides the plate. */
const seen = (park: CarPark, name: 'entry' | 'exit') => ({ image: picture(name), capturedAt: park.now() });

/**
 * A morning with the bank: an AutoPay that went well, one that was declined, one that nobody heard of and that came late, a code that
 * was scanned at the exit, and a fee paid in the app while the car was inside.
 */
export async function openBankMorning(): Promise<CityDay> {
  const park = await CarPark.open({
    bank: {
      prefix: 'park/',
      settings: {
        qr: { host: 'https://cmain-uat.park.cmbchina.biz' },
        timeouts: { autoPayMs: 1500 },
        codes: { gates: { in1: 11, out1: 12 } },
      },
    },
    provision: {
      site: { name: '滨海广场停车场' },
      users: Object.values(GALLERY_PEOPLE),
      channels: ['cmb', 'cmb-qr'],
    },
    clockOffsetMs: untilMorning(Date.now()),
  });
  try {
    await morning(park);
    return { park, close: () => park.close() };
  } catch (error) {
    await park.close();
    throw error;
  }
}

/** A car inside whose owner agreed that the bank collects. */
export async function agreed(park: CarPark, plate: string, minutesAgo = 90): Promise<void> {
  park.bank.owner(plate).set({ autopay: { limit: 5_000 }, announces: 'answer' });
  await park.register(plate, minutesAgo);
  await park.outboxEmpty(15_000);
}

export const arrives = (park: CarPark, plate: string): Promise<unknown> => park.exit.push(plate, seen(park, 'exit'));

const gone = (park: CarPark, plate: string): Promise<true> =>
  until(`${plate} has left`, async () => ((await park.stayOf(plate)).status === 'left' ? true : undefined), 15_000);

/** Its bill at the exit is paid in cash. */
export async function paysCash(park: CarPark): Promise<void> {
  const { bill, passage } = await park.laneWhen('out1', 'a bill', (lane) => lane.phase === 'charging');
  await park.collect(bill?.toPayFen ?? 0, passage?.id);
}

const tried = (park: CarPark, plate: string, wanted: (attempt: AttemptView) => boolean): Promise<true> =>
  until(
    `what becomes of the charge of ${plate}`,
    async () => {
      const { uid } = await park.stayOf(plate);
      return (await park.station.get(attempts, `/attempts?uid=${uid}`)).some(wanted) ? true : undefined;
    },
    25_000,
  );

export const setAside = (park: CarPark, plate: string): Promise<true> => tried(park, plate, (each) => each.setAside);

async function morning(park: CarPark): Promise<void> {
  const { bank } = park;
  for (const plate of ['鲁B12345', '鲁BD88321', '鲁U2K917']) {
    await park.entry.push(plate, seen(park, 'entry'));
    await park.laneWhen('in1', 'entered', (lane) => lane.phase === 'cleared' || lane.phase === 'idle');
    await park.pass(4);
  }
  await agreed(park, '鲁B10201');
  await arrives(park, '鲁B10201');
  await gone(park, '鲁B10201');
  await park.pass(6);
  bank.owner('鲁B33A90').set({ pays: 'declines' });
  await agreed(park, '鲁B33A90');
  await arrives(park, '鲁B33A90');
  await tried(park, '鲁B33A90', ({ state }) => state === 'declined');
  await paysCash(park);
  await gone(park, '鲁B33A90');
  await park.pass(5);
  await register(park, '粤B2W908');
  await arrives(park, '粤B2W908');
  await park.laneWhen('out1', 'a bill', (lane) => lane.phase === 'charging');
  await bank.owner('粤B2W908').scanExit(12);
  await gone(park, '粤B2W908');
  await park.pass(3);
  await register(park, '鲁G7T345');
  await bank.owner('鲁G7T345').payByPlate();
  await late(park, '鲁B5Q771');
  await park.outboxEmpty(20_000);
}

async function register(park: CarPark, plate: string): Promise<void> {
  await park.register(plate, 70);
  await park.outboxEmpty(15_000);
}

/** Nobody heard the bank: the car paid in cash, and then the bank tells that it has the money too. */
async function late(park: CarPark, plate: string): Promise<void> {
  const { bank } = park;
  bank.owner(plate).set({ echo: 'never' });
  await agreed(park, plate);
  bank.fault({ kind: 'silence', processed: true }, { times: 1, interface: 'AutoPay' });
  const query = bank.fault({ kind: 'http-status', status: 502 }, { interface: 'PayOrderStatus' });
  await arrives(park, plate);
  await setAside(park, plate);
  await paysCash(park);
  await gone(park, plate);
  query.clear();
  await park.pass(10);
  await until('a case', async () => ((await park.station.get(cases, '/cases')).total > 0 ? true : undefined), 60_000);
}
