import type { BerthView } from '../../../shared/contract/berths.ts';
import type { StayView } from '../../../shared/contract/stays.ts';
import type { PlateColor } from '../../../shared/domain/plate.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import { ago, person, quote, stay } from './build.ts';
import type { Scene } from './fake-station.ts';
import { idle } from './scenarios-idle.ts';

const roads = [
  { areaId: 'donghai', name: '东海路', road: '东海路' },
  { areaId: 'nanshan', name: '南山片区', road: '学府路' },
  { areaId: 'nanshan', name: '南山片区', road: '桂庙路' },
  { areaId: 'keyuan', name: '科苑路段', road: '科苑南路' },
] as const;

/** The same every time: pictures are compared by eye. */
const spread = (n: number, many: number): number => ((n * 7_919 + 104_729) >>> 3) % many;

const plateFor = (n: number): { readonly text: string; readonly color: PlateColor } => {
  const digits = String(10_000 + spread(n, 89_000));
  if (n % 4 === 1) return { text: `粤B${'DFG'.charAt(n % 3)}${digits}`, color: 'green' };
  return { text: `粤B${'ABCKRS'.charAt(n % 6)}${digits.slice(1)}`, color: n % 13 === 5 ? 'yellow' : 'blue' };
};

const free = (n: number, perRoad: number): BerthView => {
  const { areaId, road } = roads[Math.floor((n - 1) / perRoad)] ?? roads[0];
  const within = (n - 1) % perRoad;
  const half = Math.ceil(perRoad / 2);
  return {
    ...{ id: `b${n}`, code: `4403050001${String(n).padStart(4, '0')}`, number: n, areaId, road },
    ...{ side: within < half ? 'left' : 'right', position: (within % half) + 1, sensor: `geo${n}`, camera: null },
    ...{ inUse: true, updatedAt: ago(86_400), occupied: false, since: ago(600 + spread(n, 5_000)) },
    ...{ source: 'geomagnetic', device: 'online', car: null },
  };
};

/** A car that has stood there for so long, at 5 yuan an hour. */
export function parked(
  berth: BerthView,
  minutes: number,
  change: Partial<NonNullable<BerthView['car']>> = {},
): BerthView {
  const plate = plateFor(berth.number);
  const feeFen = minutes <= 15 ? 0 : Math.ceil(minutes / 60) * 500;
  const enteredAt = ago(minutes * 60 + 20);
  return {
    ...berth,
    ...{ occupied: true, since: enteredAt, source: 'video' },
    car: {
      ...{ uid: `kerb-${berth.id}`, plate: plate.text, plateColor: plate.color, vehicleClass: 'small' },
      ...{ enteredAt, terms: 'temporary', feeFen, dueFen: feeFen, paidFen: 0 },
      ...change,
    },
  };
}

/** What stands in berth number n: a little of everything. */
function filled(n: number, perRoad: number): BerthView {
  const berth = free(n, perRoad);
  const minutes = 4 + spread(n, 260);
  if (n % 37 === 9) return { ...berth, inUse: false };
  if (n % 29 === 11) return { ...berth, occupied: null, since: null, source: null, device: null, sensor: null };
  if (n % 23 === 3) return parked(berth, minutes, { plate: '', plateColor: 'unknown' });
  if (n % 41 === 17) return { ...parked(berth, minutes), device: 'offline' };
  if (n % 31 === 5) return parked(berth, 95, { paidFen: 500, dueFen: 500 });
  if (n % 53 === 21) return parked(berth, 27 * 60, { feeFen: 4_000, dueFen: 4_000 });
  if (n % 11 === 4) return parked(berth, minutes, { paidFen: 1_000, dueFen: 0 });
  if (n % 3 === 0) return berth;
  return parked(berth, minutes);
}

const stayOf = ({ car, id, code, number, areaId }: BerthView): readonly StayView[] => {
  if (car === null) return [];
  const plate = toPlate(car.plate === '' ? '无牌' : car.plate, plateFor(number).color);
  return [stay(plate, 0, { uid: car.uid, enteredAt: car.enteredAt, entryLane: { id, name: code, number }, areaId })];
};

/** A street of so many berths over so many of the roads. */
export function street(count: number, over: number, make = filled): Scene {
  const perRoad = Math.ceil(count / over);
  const berths = Array.from({ length: count }, (_, index) => make(index + 1, perRoad));
  const stays = berths.flatMap(stayOf);
  const quotes = stays.flatMap((each) => {
    const car = berths.find((berth) => berth.car?.uid === each.uid)?.car;
    return car && car.plate !== '' ? [quoteOf(each, car.feeFen ?? 0, car.paidFen, car.dueFen ?? 0)] : [];
  });
  const areas = roads.slice(0, over).map(({ areaId, name }) => ({
    ...{ areaId, name, inside: 0, free: 0, total: 0, counted: 0, correction: 0 },
    byClass: { small: 0, medium: 0, large: 0 },
  }));
  return {
    ...{ ...idle, siteName: '南山路内停车', siteKind: 'kerbside', lanes: [], events: [], links: [], areas },
    ...{ user: person('林秀珍', 'attendant'), berths, stays, quotes },
  };
}

function quoteOf(of: StayView, chargeFen: number, paidFen: number, dueFen: number): Scene['quotes'][number] {
  const step = { from: of.enteredAt, to: ago(0), text: '', day: 1 };
  const later = Math.max(0, chargeFen - 500);
  const steps = [
    {
      ...step,
      kind: 'first-period' as const,
      minutes: 60,
      units: 1,
      unitFen: 500,
      amountFen: Math.min(500, chargeFen),
    },
    ...(later > 0
      ? [
          {
            ...{ ...step, kind: 'following-periods' as const, minutes: (later / 500) * 60 },
            ...{ units: later / 500, unitFen: 500, amountFen: later },
          },
        ]
      : []),
  ];
  return quote(of, { steps, chargeFen, discountFen: 0, discounts: [], paidFen, dueFen });
}

/** 路内停车. */
export const kerbScenarios: Readonly<Record<string, Scene>> = {
  kerb6: street(6, 1),
  kerb40: street(40, 2),
  kerb300: street(300, 4),
  kerbEmpty: { ...street(0, 1), user: person('赵经理', 'manager') },
  kerbEmptyAttendant: street(0, 1),
  /** Berths besides lanes. */
  kerbBeside: { ...idle, berths: street(12, 1).berths ?? [] },
};
