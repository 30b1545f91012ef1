import { z } from 'zod';
import { type EventView, eventViewSchema } from '../../shared/contract/journal.ts';
import { plateSchema } from '../../shared/domain/plate.ts';
import type { Pulse } from '../peers/vzenith/index.ts';
import type { CarPark } from './car-park.ts';
import type { Car } from './vanke-gate.ts';

/** From a car leaving the loop, or from a command being written down, until the camera has pulled its relay. */
const ON_ITS_WAY_MS = 1_500;
const AUTOMATIC = '平台无应答，自动放行';
const events = z.array(eventViewSchema);
const commanded = z.object({
  action: z.string(),
  origin: z.string(),
  reason: z.string().nullable(),
  plate: plateSchema.nullable(),
});

/** One movement of an arm that nothing explains. */
interface Unexplained {
  readonly lane: string;
  readonly car: string;
  readonly why: string;
}

/** Every movement of every arm against what the cloud said, what somebody ordered, and what could not be asked. */
export async function unexplained(park: CarPark, cars: readonly Car[], tries: number): Promise<readonly Unexplained[]> {
  const orders = (await park.station.get(events, '/events?kind=gate-commanded&limit=500')).filter(
    ({ body }) => commanded.parse(body).action === 'open',
  );
  const lanes = new Set(cars.map(({ gate }) => gate.laneId));
  return [...lanes].flatMap((lane) => {
    const here = cars.filter(({ gate }) => gate.laneId === lane);
    return park.gate(lane).camera.arm.openings.flatMap((pulse) => {
      const car = here.findLast(({ at }) => at <= pulse.at);
      const why = car
        ? fault(
            pulse,
            car,
            orders.filter(({ laneId }) => laneId === lane),
            tries,
          )
        : 'nobody was there';
      return why === null ? [] : [{ lane, car: car?.plate ?? '', why }];
    });
  });
}

function fault(pulse: Pulse, car: Car, orders: readonly EventView[], tries: number): string | null {
  const near = orders.filter(({ at }) => Math.abs(pulse.at - Date.parse(at)) <= ON_ITS_WAY_MS);
  const hand = near.find(({ actor, body }) => actor.kind === 'user' || body['origin'] === 'platform');
  if (hand) return null;
  if (pulse.at > car.leftAt + 300) return `it opened ${pulse.at - car.leftAt} ms after the car had left`;
  const sends = car.recognitions.flatMap((each) => each.sends);
  const word = sends.some(
    ({ answer, result, at }) => answer === '0' && (result === 'heard' || result === 'unclear') && at <= pulse.at,
  );
  if (word) return null;
  if (!near.some(({ body }) => commanded.parse(body).reason === AUTOMATIC))
    return `nobody said so: ${JSON.stringify(near.map(({ body }) => body))}`;
  const heard = sends.slice(-tries).filter(({ result, at }) => result === 'heard' && at <= pulse.at);
  return sends.length < tries || heard.length > 0
    ? `released after ${sends.length} questions, ${heard.length} heard`
    : null;
}
