import { createHash } from 'node:crypto';
import { z } from 'zod';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';
import { type CarThere, carAt } from './exits.ts';

/** A driver without a plate scans the code of an entry (4.5). */

type LetIn =
  | { readonly kind: 'opened'; readonly plate: string }
  | { readonly kind: 'plated' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly reason: string };

/** The last scan of an entry that is being carried out, or was: by its passage the stay that came of it is known. */
const markSchema = z.object({ vpl: z.string(), at: z.int(), passageId: z.string() });

const NOT_NOW = '暂不能进场，请等待工作人员处理';
const WHY: Readonly<Record<string, string>> = {
  'lot-full': '车位已满，暂不能进场',
  'area-closed': '该区域不对临时车开放',
  blacklisted: '该车不能进场，请联系工作人员',
};

/**
 * Lets the car in that stands there, if the rules do. The same scan again within the time that the site gave is answered as before and
 * moves nothing: the mark is written before the car is let in, and counts only once its stay is there, so that nothing that ends the
 * station between the two lets a second car in or leaves the first one out.
 */
export function letInBy(vpl: string, entry: number, context: CmbContext): LetIn {
  const plate = plateFor(vpl, context);
  if (isAgain(vpl, plate, entry, context)) return { kind: 'opened', plate };
  const car = carAt(entry, 'in', context);
  if (!car) return { kind: 'nobody' };
  if (car.plate !== null) return { kind: 'plated' };
  if (!car.cleared) return letIn(car.lane.id, car.passage.id, { vpl, plate, entry }, context);
  // Let in by this very scan, and standing there still.
  if (car.passage.identity === plate) return { kind: 'opened', plate };
  const next = behind(car, plate, context);
  // It has driven off, and the next has not come.
  return next === undefined ? { kind: 'nobody' } : letIn(car.lane.id, next, { vpl, plate, entry }, context);
}

/** The passage of a car that was seen behind the one that was let in, unless it is of a driver who is inside already. */
const behind = ({ passage }: CarThere, plate: string, { station }: CmbContext): string | undefined =>
  station().read.stays.insideIdentity(plate) ? undefined : passage.again?.passageId;

function letIn(
  laneId: string,
  passageId: string,
  { vpl, plate, entry }: { readonly vpl: string; readonly plate: string; readonly entry: number },
  context: CmbContext,
): LetIn {
  const { lanes, read } = context.station();
  const mark: z.input<typeof markSchema> = { vpl, at: context.clock.now(), passageId };
  context.commands.remember(BANK.name, keyOf(entry), JSON.stringify(mark));
  try {
    lanes.identify(laneId, plate, BANK, passageId);
  } catch (error) {
    if (error instanceof ConflictError) return { kind: 'refused', reason: error.message };
    throw error;
  }
  // Who queued behind it may be the one that stands there by now: the stay tells.
  if (read.stays.insideIdentity(plate)?.entryRecordId === passageId) return { kind: 'opened', plate };
  const { phase, passage: present } = lanes.state(laneId);
  const attention = present?.id === passageId ? present.attention : null;
  // Between two areas no stay begins.
  if (phase === 'cleared' && present?.id === passageId) return { kind: 'opened', plate };
  return { kind: 'refused', reason: (attention && WHY[attention]) ?? NOT_NOW };
}

const keyOf = (entry: number): string => `no-plate:${entry}`;

function isAgain(
  vpl: string,
  plate: string,
  entry: number,
  { clock, commands, settings, station }: CmbContext,
): boolean {
  const kept = commands.recall(BANK.name, keyOf(entry));
  const mark = kept === undefined ? undefined : markSchema.safeParse(JSON.parse(kept)).data;
  if (mark?.vpl !== vpl || Math.abs(clock.now() - mark.at) >= settings.noPlate.repeatMs) return false;
  return station().read.stays.insideIdentity(plate)?.entryRecordId === mark.passageId;
}

/** As the bank sent it; one of our own where the site wants that, or where it is the plate of another car. */
function plateFor(vpl: string, { settings, station }: CmbContext): string {
  const taken = station().read.stays.inside(normalisePlateText(vpl)) !== undefined;
  if (settings.noPlate.plate === 'platform' && !taken) return vpl;
  // 16 ASCII characters, the same for the same scan.
  return `W${createHash('sha256').update(`scan:${vpl}`).digest('hex').slice(0, 15).toUpperCase()}`;
}
