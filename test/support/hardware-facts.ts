import { z } from 'zod';
import type { EventView } from '../../shared/contract/journal.ts';
import type { HardwareLane } from './hardware-lane.ts';
import { FEE, type HardwareSite } from './hardware-site.ts';
import { type Car, type LaneTraffic, speechFor, TROUBLE_SPEECH } from './hardware-traffic.ts';

const commanded = z.looseObject({ commandId: z.string(), action: z.string(), origin: z.string() });
const answered = z.looseObject({ commandId: z.string(), outcome: z.string() });
const read = z.looseObject({ plate: z.object({ text: z.string() }), stored: z.boolean() });
const alarm = z.looseObject({ code: z.string(), subject: z.string(), cleared: z.boolean() });
const paid = z.looseObject({ paidFen: z.int(), method: z.string() });

const count = <T>(items: readonly T[], is: (item: T) => boolean): number => items.filter(is).length;
/** A fault for each pair that is not the same. */
const same = (what: string, found: unknown, wanted: unknown): string[] => {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  return is === should ? [] : [`${what}: ${is}, not ${should}`];
};

/** What the iron, the bytes and the loudspeaker of one lane say against it. */
export function faultsOfIron({ lane, cars, before }: LaneTraffic): string[] {
  const { id, iron, led } = lane;
  const moves = iron.moves.slice(before.moves);
  const opens = moves.filter(({ contact }) => contact === 'open');
  const spoken = (led?.spoken ?? []).slice(before.spoken).map(({ text }) => text);
  return [
    ...same(
      `${id}: through`,
      iron.through.slice(before.through),
      cars.map(({ plate }) => plate),
    ),
    ...same(`${id}: risings`, iron.risings - before.risings, cars.length),
    ...same(`${id}: open contact`, opens.length, cars.length),
    ...same(`${id}: other contacts`, moves.length, opens.length),
    ...same(`${id}: collisions`, iron.collisions, []),
    ...same(`${id}: complaints`, lane.complaints(), []),
    ...(led ? cars.flatMap((car) => faultsOfSpeech(lane.way, car, spoken)) : []),
    ...(led
      ? same(
          `${id}: sentences`,
          count(spoken, (text) => text !== TROUBLE_SPEECH),
          sentences(lane.way, cars),
        )
      : []),
  ];
}

const sentences = (way: 'in' | 'out', cars: readonly Car[]): number =>
  cars.reduce((sum, car) => sum + speechFor(way, car).length, 0);

function faultsOfSpeech(way: 'in' | 'out', car: Car, spoken: readonly string[]): string[] {
  const wanted = speechFor(way, car);
  const heard = spoken.filter((text) => wanted.includes(text));
  return same(`${car.plate} heard`, heard, wanted);
}

/** What the station's own records say, against what happened in the iron. */
export async function faultsOfRecords(
  site: HardwareSite,
  traffics: readonly LaneTraffic[],
  after: number,
): Promise<string[]> {
  const of = (kind: string): Promise<EventView[]> => site.events(kind, after);
  const [reads, commands, answers, entries, exits, bills, photos] = await Promise.all(
    [
      'plate-read',
      'gate-commanded',
      'gate-answered',
      'vehicle-entered',
      'vehicle-exited',
      'bill-paid',
      'photo-taken',
    ].map(of),
  );
  const ends = new Map<string, string[]>();
  for (const { body } of answers ?? []) {
    const { commandId, outcome } = answered.parse(body);
    ends.set(commandId, [...(ends.get(commandId) ?? []), outcome]);
  }
  const cars = traffics.flatMap((traffic) => traffic.cars.map((car) => ({ ...car, way: traffic.lane.way })));
  const cash = count(cars, ({ way, hasCard }) => way === 'out' && !hasCard) * FEE;
  const wentIn = cars.filter(({ way }) => way === 'in').length;
  return [
    ...traffics.flatMap((traffic) => faultsOfCommands(traffic, commands ?? [], ends)),
    ...traffics.flatMap((traffic) => faultsOfReads(traffic, reads ?? [])),
    ...same('entries', entries?.length, wentIn),
    ...same('exits', exits?.length, cars.length - wentIn),
    ...same(
      'money',
      (bills ?? []).reduce((sum, { body }) => sum + paid.parse(body).paidFen, 0),
      cash,
    ),
    ...same(
      'paid other than by cash',
      count(bills ?? [], ({ body }) => body['method'] !== 'cash'),
      0,
    ),
    ...traffics.flatMap((traffic) => faultsOfPhotos(traffic, reads ?? [], photos ?? [])),
    ...(await faultsOfStays(site, cars)),
    ...(await faultsOfGhosts(site, traffics)),
  ];
}

/** One opening for each car, each explained, each with one end; and nothing else moved. */
function faultsOfCommands(
  { lane, cars }: LaneTraffic,
  all: readonly EventView[],
  ends: ReadonlyMap<string, string[]>,
): string[] {
  const own = all
    .filter(({ laneId }) => laneId === lane.id)
    .map((event) => ({ ...event, told: commanded.parse(event.body) }));
  const origins = cars.map(({ hasCard }) => (lane.way === 'in' || hasCard ? 'decision' : 'payment'));
  const outcomes = own.map(({ told }) => ends.get(told.commandId));
  return [
    ...same(
      `${lane.id}: commands`,
      own.map(({ told }) => `${told.action} ${told.origin}`),
      origins.map((origin) => `open ${origin}`),
    ),
    ...same(
      `${lane.id}: whom for`,
      count(own, ({ passageId }) => passageId === null),
      0,
    ),
    ...same(
      `${lane.id}: ends`,
      outcomes,
      cars.map((car) => endsOf(lane, car)),
    ),
  ];
}

/** How the opening of that car ends: what was told, and what was told of it later. */
export function endsOf({ way, ordersInReplies }: HardwareLane, { trouble, hasCard }: Car): string[] {
  if (trouble === 'lost') return ['unknown'];
  // What was paid first is opened by a reply to something else.
  const inReply = ordersInReplies && (way === 'in' || hasCard);
  return inReply && trouble === 'again' ? ['done', 'unknown'] : ['done'];
}

function faultsOfReads({ lane, cars, ghosts }: LaneTraffic, all: readonly EventView[]): string[] {
  const own = all.filter(({ laneId }) => laneId === lane.id).map(({ body }) => read.parse(body));
  const live = own.filter(({ stored }) => !stored).map(({ plate }) => plate.text);
  const kept = own.filter(({ stored }) => stored).map(({ plate }) => plate.text);
  return [
    ...same(
      `${lane.id}: reads`,
      live,
      cars.map(({ plate }) => plate),
    ),
    ...same(`${lane.id}: stored reads`, [...kept].sort(), lane.history ? [...ghosts].sort() : []),
  ];
}

/** Each car has its picture, which may come behind its plate. */
function faultsOfPhotos(
  { lane, cars }: LaneTraffic,
  reads: readonly EventView[],
  photos: readonly EventView[],
): string[] {
  const pictured = new Set(photos.map(({ passageId }) => passageId));
  const own = reads.filter(({ laneId, passageId }) => laneId === lane.id && !pictured.has(passageId));
  const without = own.map(({ body }) => read.parse(body).plate.text);
  return cars.flatMap(({ plate, trouble }) =>
    without.includes(plate) ? [`${lane.id}: no picture of ${plate} (${trouble})`] : [],
  );
}

/** One stay for each car; one that left owes nothing, and paid once or has a card. */
async function faultsOfStays(
  site: HardwareSite,
  cars: readonly (Car & { readonly way: 'in' | 'out' })[],
): Promise<string[]> {
  const plates = new Set(cars.map(({ plate }) => plate));
  const faults: string[] = [];
  for (const plate of plates) {
    const left = cars.find((car) => car.plate === plate && car.way === 'out');
    const [stay, ...others] = await site.stays(plate);
    faults.push(...same(`${plate}: stays`, others.length + (stay ? 1 : 0), 1));
    if (!stay) continue;
    const { status, paidFen, chargeFen, owedFen, waivedFen } = stay;
    const fee = left && !left.hasCard ? FEE : 0;
    const found = left ? { status, paidFen, chargeFen, owedFen, waivedFen } : { status, paidFen };
    const wanted = { status: 'left', paidFen: fee, chargeFen: fee, owedFen: 0, waivedFen: 0 };
    faults.push(...same(plate, found, left ? wanted : { status: 'inside', paidFen: 0 }));
  }
  return faults;
}

async function faultsOfGhosts(site: HardwareSite, traffics: readonly LaneTraffic[]): Promise<string[]> {
  const faults: string[] = [];
  for (const plate of traffics.flatMap(({ ghosts }) => ghosts))
    faults.push(...same(`${plate}: stays`, (await site.stays(plate)).length, 0));
  return faults;
}

/** Alarms by what they are about: raised and cleared in turn, in the order of the journal. */
export async function alarmsOf(site: HardwareSite, after: number): Promise<ReadonlyMap<string, readonly boolean[]>> {
  const alarms = new Map<string, boolean[]>();
  for (const { body } of await site.events('alarm', after)) {
    const { code, subject, cleared } = alarm.parse(body);
    const key = `${code} ${subject}`;
    alarms.set(key, [...(alarms.get(key) ?? []), cleared]);
  }
  return alarms;
}
