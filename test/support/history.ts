import type { Database } from 'better-sqlite3';
import { seeded } from './random.ts';

export interface PastStay {
  readonly uid: string;
  readonly status: 'inside' | 'left' | 'abnormal';
  readonly plate: string;
  readonly vehicleClass: 'small' | 'large';
  readonly parkingType: 'temporary' | 'monthly';
  readonly laneId: string;
  readonly enteredAt: number;
  readonly exitedAt: number | null;
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const PROVINCES = '鲁鲁鲁鲁鲁鲁鲁鲁京津冀苏浙豫皖';
const FIRST_ENTRY = Date.UTC(2024, 0, 1);
const BETWEEN_CARS_MS = 45_000;

/** A plate as cars of a Qingdao car park carry them: most from the city, a quarter new energy, a letter now and then. */
function somePlate(random: () => number): string {
  const of = (text: string): string => text.charAt(Math.floor(random() * text.length));
  const digits = (count: number): string =>
    Array.from({ length: count }, () => (random() < 0.12 ? of(LETTERS) : of('0123456789'))).join('');
  const place = `${of(PROVINCES)}${random() < 0.7 ? 'B' : of(LETTERS)}`;
  if (random() < 0.002) return `${place}${digits(4)}挂`;
  return random() < 0.25 ? `${place}D${digits(1)}${digits(4)}` : `${place}${digits(5)}`;
}

/** Stays of a long time in the order of their entry; cars come again, some much more often than others. The same for the same seed. */
export function* pastStays(count: number, plates: number, seed = 1): Generator<PastStay> {
  const random = seeded(seed);
  const known = new Set<string>();
  while (known.size < plates) known.add(somePlate(random));
  const list = [...known];
  for (let index = 0; index < count; index += 1) {
    const enteredAt = FIRST_ENTRY + index * BETWEEN_CARS_MS;
    const fate = random();
    const status = fate < 0.001 ? 'abnormal' : fate < 0.002 || index > count - 300 ? 'inside' : 'left';
    yield {
      uid: `1001${String(index).padStart(8, '0')}${enteredAt}`,
      status,
      plate: random() < 0.005 ? '' : (list[Math.floor(plates * random() ** 1.5)] ?? ''),
      vehicleClass: random() < 0.03 ? 'large' : 'small',
      parkingType: random() < 0.3 ? 'monthly' : 'temporary',
      laneId: random() < 0.5 ? 'in1' : 'in2',
      enteredAt,
      exitedAt: status === 'left' ? enteredAt + Math.floor(random() * 8 * 3_600_000) : null,
    };
  }
}

/** Writes stays in bulk into a database of any schema from the first on: newer columns get their defaults. */
export function insertStays(db: Database, stays: Iterable<PastStay>): void {
  const insert =
    db.prepare(`INSERT INTO stays (uid, status, plate, plate_color, plate_kind, vehicle_class, parking_type, entry_lane,
      entered_at_ms, entry_record_id, exit_lane, exited_at_ms, exit_record_id, charge_fen, due_fen, paid_fen)
    VALUES (@uid, @status, @plate, 'blue', 'ordinary', @vehicleClass, @parkingType, @lane,
      @enteredAt, 'in-' || @uid, @exitLane, @exitedAt, 'out-' || @uid, 500, 500, 500)`);
  db.transaction(() => {
    for (const { laneId, ...stay } of stays) {
      const lane = JSON.stringify({ id: laneId, name: `${laneId} 入口`, number: 1 });
      insert.run({ ...stay, lane, exitLane: stay.exitedAt === null ? null : lane.replaceAll('in', 'out') });
    }
  })();
}
