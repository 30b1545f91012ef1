import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { caseViewSchema } from '../../shared/contract/payments.ts';
import { dayStateSchema } from '../../shared/contract/reconciliations.ts';
import { type AedesBroker, startAedes } from '../peers/mqtt/index.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';
import { GALLERY_PEOPLE, untilMorning } from './site.ts';

const HOUR = 3_600_000;
const anything = z.unknown();
const cases = pageOf(caseViewSchema);
const picture = (name: 'entry' | 'exit'): Buffer =>
  readFileSync(new URL(`../fakes/station/photos/${name}.jpg`, import.meta.url));

/** What a camera tells besides the plate. */
export const seen = (park: CarPark, name: 'entry' | 'exit') => ({ image: picture(name), capturedAt: park.now() });

/** A contract to leave first, up to 50 yuan. */
const LEAVES_FIRST = { noSense: 1, moneyLimit: 5000, departurePay: 1 } as const;

/** A car park with its city beside it, which also sends notices. */
export interface CityDay {
  readonly park: CarPark;
  close(): Promise<void>;
}

/**
 * Two days with the city: yesterday's books were compared in the night and what the city had lost was sent again; a bill of a car
 * that left first was never paid; this morning cars left first, paid in the app, were stopped for arrears, and one paid twice.
 */
export async function openCityDay(): Promise<CityDay> {
  const broker = await startAedes();
  let park: CarPark | undefined;
  const close = async (): Promise<void> => {
    await park?.close();
    await broker.stop();
  };
  try {
    park = await opened(broker);
    await evening(park);
    await park.pass(130);
    await compared(park);
    await park.pass(7 * 60);
    await morning(park);
    return { park, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function opened(broker: AedesBroker): Promise<CarPark> {
  const park = await CarPark.open({
    city: {
      brokerUrl: broker.url,
      sharesTime: true,
      settings: {
        departurePay: { pollFirstMs: 1000, pollMaxMs: 1000 },
        applyPayment: { timeoutMs: 1500 },
        timeouts: { headersMs: 5000, totalMs: 6000 },
        parkingInfo: {
          ...{ address: '市南区东海西路 1 号', regionCode: '370202', areaCode: '01', priceType: 1, parkingType: 2 },
          ...{ feeScale: '每小时 5 元，24 小时最高 50 元', openTime: '00:00-23:59' },
          ...{ bmapX: '120.389455', bmapY: '36.072227', gmapX: '120.382915', gmapY: '36.066348' },
        },
      },
    },
    provision: {
      site: { name: '滨海广场停车场' },
      users: Object.values(GALLERY_PEOPLE),
      channels: ['qingdao'],
    },
    // 23:00 of the evening before the pictures.
    clockOffsetMs: untilMorning(Date.now()) - 9 * HOUR,
  });
  // The city tells no numbers of its bills, so it has to know the car by its plate.
  park.city.style.cancelUnknown = 'all';
  await park.hearing();
  return park;
}

/** The exit sees a car, and it pays in cash what it is asked for. */
async function leavesWithCash(park: CarPark, plate: string): Promise<void> {
  await park.exit.push(plate, seen(park, 'exit'));
  const lane = await park.laneWhen('out1', `${plate} is charged`, ({ phase }) => phase === 'charging');
  await park.collect(lane.bill?.toPayFen ?? 0, lane.passage?.id);
  await gone(park, plate);
}
const gone = (park: CarPark, plate: string): Promise<true> =>
  until(`${plate} has left`, async () => ((await park.stayOf(plate)).status === 'left' ? true : undefined), 10_000);

/** A car inside whose contract the city has told. */
export async function contracted(park: CarPark, plate: string, minutesAgo = 90): Promise<string> {
  park.city.owner(plate).set({ contract: LEAVES_FIRST, announces: true });
  const { uid } = await park.register(plate, minutesAgo);
  const told = () => park.city.downlink.confirms.some((each) => each.success && each.params['plateNo'] === plate);
  await park.city.waitFor(told, `the contract of ${plate}`);
  return uid;
}

async function evening(park: CarPark): Promise<void> {
  const { city } = park;
  const plates = ['鲁B12345', '鲁B6H280', '鲁BD88321', '鲁U2K917', '鲁B90K21', '鲁L8M102'];
  for (const plate of plates) {
    await park.entry.push(plate, seen(park, 'entry'));
    await park.laneWhen('in1', 'entered', (lane) => lane.phase === 'cleared' || lane.phase === 'idle');
  }
  await park.pass(38);
  for (const plate of plates.slice(0, 4)) await leavesWithCash(park, plate);
  const unpaid = '鲁B40D04';
  await contracted(park, unpaid, 30);
  await park.exit.push(unpaid, seen(park, 'exit'));
  await gone(park, unpaid);
  await park.outboxEmpty(15_000);
  const entry = [...city.books.entries.values()].at(0)?.record;
  if (!entry) throw new Error('the city has no entry');
  city.forget('payments', ({ uid }) => uid === entry['uid']);
  city.forget('exits', ({ uid }) => uid === entry['uid']);
  city.plant('entries', { ...entry, uid: `${String(entry['uid'])}9`, arriveID: 'QD-20260302-7', plateNo: '鲁B77777' });
}

async function compared(park: CarPark): Promise<void> {
  const daily = z.array(dayStateSchema);
  await until(
    'yesterday was compared',
    async () => {
      const [day] = await park.station.get(daily, '/reconciliations/daily');
      return day?.state === 'extra' || day?.state === 'differs' ? true : undefined;
    },
    60_000,
  );
}

async function morning(park: CarPark): Promise<void> {
  const { city } = park;
  await contracted(park, '鲁B10201');
  city.owner('鲁B10201').set({ pays: 'later', delayMs: 300, paidType: 3 });
  await park.exit.push('鲁B10201', seen(park, 'exit'));
  await gone(park, '鲁B10201');
  // Paid in the app, and still inside.
  await park.register('鲁B33A90', 90);
  await city.owner('鲁B33A90').set({ discount: 200 }).prepay();
  await contracted(park, '鲁BDK5521', 40);
  // Stopped for arrears, which were taken together with the fee.
  const owing = '鲁G7T345';
  city.owner(owing).set({ arrears: [{ billID: 'elsewhere-1', amount: 1200 }], prevent: 1, announces: true });
  await park.register(owing, 90);
  await until('told', () => city.downlink.confirms.some((each) => each.interface === 'confirmOverDueResult'));
  await park.exit.push(owing, seen(park, 'exit'));
  const stopped = await park.laneWhen('out1', 'stopped', ({ passage }) => passage?.attention === 'arrears');
  await park.order('out1', 'approve', {
    ...{ passageId: stopped.passage?.id, attention: 'arrears', reason: '车主同意一并缴纳' },
  });
  const lane = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
  await park.collect(lane.bill?.toPayFen ?? 0, lane.passage?.id);
  await gone(park, owing);
  // Nobody heard the city's answer, so it paid in cash; later the city says that it has the money too.
  const twice = '鲁B5Q771';
  await park.register(twice, 90);
  await park.outboxEmpty();
  city.fault({ kind: 'silence', processed: true }, { times: 1, interface: 'applyPayment' });
  await park.exit.push(twice, seen(park, 'exit'));
  const unheard = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
  const bill = await city.waitFor(
    () => [...city.city.bills.all.values()].find(({ plateNo }) => plateNo === twice),
    'the bill',
  );
  await park.collect(unheard.bill?.toPayFen ?? 0, unheard.passage?.id);
  await gone(park, twice);
  await city.owner(twice).pay(bill.billID, 103);
  await until('a case', async () => ((await park.station.get(cases, '/cases')).total > 0 ? true : undefined));
  // Arrears that stop nobody, a notice of the lists, an entry that was put right.
  city.owner('粤B2W908').set({ arrears: [{ billID: 'elsewhere-2', amount: 2350 }], prevent: 1, announces: true });
  await park.register('粤B2W908', 200);
  const misread = await park.register('鲁B1Z0G6', 20);
  await park.station.send(anything, `/sessions/${misread.uid}/correct`, {
    ...{ plate: '鲁B1Z066', plateColor: 'blue', reason: '看照片更正' },
  });
  await park.outboxEmpty(20_000);
}
