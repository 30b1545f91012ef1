import { safe } from '@orpc/client';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { PlateColor } from '../../../shared/domain/plate.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { wordsOf } from '../../lib/i18n/index.ts';
import { usePrefs } from '../../lib/prefs.ts';
import { station } from '../../lib/station/client.ts';
import { useSession } from '../../lib/station/session.ts';
import { problemText } from '../../office/problem-text.ts';
import { type KerbNotice, useKerb } from './store.ts';

const words = () => {
  const { language } = usePrefs.getState();
  return { t: wordsOf(language), language };
};

export const setNotice = (notice: KerbNotice | null): void => useKerb.setState({ notice });

/** Carries out an act, one at a time; what went wrong is said in the panel. Answers whether it was done. */
async function carryOut(call: (client: StationClient) => Promise<unknown>, done: string): Promise<boolean> {
  if (useKerb.getState().busy) return false;
  const { t, language } = words();
  if (useSession.getState().link !== 'online') {
    setNotice({ tone: 'problem', text: t('kerb.offline') });
    return false;
  }
  useKerb.setState({ busy: true, notice: null });
  const answer = await safe(Promise.resolve().then(() => call(station())));
  useKerb.setState({
    busy: false,
    notice: answer.isSuccess
      ? { tone: 'done', text: done }
      : { tone: 'problem', text: problemText(answer.error, t, language) },
  });
  return answer.isSuccess;
}

interface TypedCar {
  readonly plate: string;
  readonly plateColor: PlateColor;
  readonly vehicleClass: VehicleClass;
}

export function identify(how: 'identify' | 'correct', id: string, uid: string, car: TypedCar): Promise<boolean> {
  const done = words().t(`kerb.done.${how}`, { plate: car.plate });
  return carryOut((client) => client.berths.identify({ id, uid, ...car }), done);
}

/** `at` null: now, by the station's clock. */
export function arrive(id: string, at: string | null, car: Partial<TypedCar>): Promise<boolean> {
  const when = at === null ? {} : { at };
  return carryOut(
    (client) => client.berths.observe({ id, occupied: true, ...when, ...car }),
    words().t('kerb.done.arrive'),
  );
}

/** Ends the stay of the car in a berth; then shows how that ended, since money may still be owed. */
export async function leave(id: string, uid: string | null, at: string | null): Promise<boolean> {
  const when = at === null ? {} : { at };
  const done = words().t(uid === null ? 'kerb.done.empty' : 'kerb.done.leave');
  const left = await carryOut((client) => client.berths.observe({ id, occupied: false, ...when }), done);
  if (!left || uid === null) return left;
  const answer = await safe(Promise.resolve().then(() => station().sessions.get({ uid })));
  if (answer.isSuccess && answer.data.status !== 'inside' && useKerb.getState().chosen === id)
    useKerb.setState({ gone: { berthId: id, stay: answer.data }, notice: null });
  return true;
}
