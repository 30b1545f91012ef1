import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { BerthCar, BerthView } from '../../../shared/contract/berths.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

/** The street of a scene: what people say of a berth is so at once, and what is paid is paid. */
export function berthHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const rows = (): readonly BerthView[] => station.scene.berths ?? [];
  const berthOf = (id: string): BerthView => {
    const found = rows().find((berth) => berth.id === id);
    if (!found) throw new ORPCError('NOT_FOUND', { message: '没有这个泊位' });
    return found;
  };
  const endStay = ({ uid, plate, dueFen, paidFen }: BerthCar): void => {
    const due = dueFen ?? 0;
    const money = plate === '' ? { waivedFen: due } : { owedFen: due };
    const stays = station.scene.stays.map((stay) =>
      stay.uid === uid
        ? { ...stay, ...money, paidFen, status: 'left' as const, exitedAt: toRfc3339(station.now()) }
        : stay,
    );
    station.change({ stays });
  };
  return {
    berths: {
      list: os.berths.list.handler(({ context }) => {
        needUser(context);
        return { at: toRfc3339(station.now()), rows: [...rows()] };
      }),
      observe: os.berths.observe.handler(async ({ input, context }) => {
        needUser(context);
        await station.act('berths.observe', input);
        const before = berthOf(input.id);
        if (before.car !== null) endStay(before.car);
        const since = input.at ?? toRfc3339(station.now());
        const car: BerthCar | null = input.occupied
          ? {
              ...{ uid: `new-${input.id}`, plate: input.plate ?? '', plateColor: input.plateColor ?? 'unknown' },
              ...{ vehicleClass: input.vehicleClass ?? 'small', enteredAt: since, terms: 'temporary' },
              ...{ feeFen: 0, dueFen: 0, paidFen: 0 },
            }
          : null;
        return changeBerth(station, input.id, { occupied: input.occupied, since, source: 'person', car });
      }),
      identify: os.berths.identify.handler(async ({ input, context }) => {
        needUser(context);
        await station.act('berths.identify', input);
        const { car } = berthOf(input.id);
        if (car?.uid !== input.uid)
          throw new ORPCError('CONFLICT', { message: '泊位里已经不是这辆车', data: { reason: 'berth-changed' } });
        const { plate, plateColor = 'blue', vehicleClass = car.vehicleClass } = input;
        return changeBerth(station, input.id, { car: { ...car, plate, plateColor, vehicleClass } });
      }),
    },
    pay: os.payments.pay.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('payments.pay', input);
      const berth = rows().find(({ car }) => `bill-${car?.uid ?? ''}` === input.id);
      const amountFen = berth?.car?.dueFen ?? 0;
      if (!berth?.car) throw new ORPCError('NOT_FOUND', { message: '没有这张账单' });
      changeBerth(station, berth.id, { car: { ...berth.car, dueFen: 0, paidFen: berth.car.paidFen + amountFen } });
      const changeFen = input.receivedFen - amountFen;
      return { billId: input.id, amountFen, changeFen, rest: null, changeOrder: null };
    }),
  };
}

/** Something happens at a berth, and the journal tells of it. */
export function changeBerth(station: FakeStation, id: string, part: Partial<BerthView>): BerthView {
  const berths = (station.scene.berths ?? []).map((berth) => (berth.id === id ? { ...berth, ...part } : berth));
  const changed = berths.find((berth) => berth.id === id);
  if (!changed) throw new Error(`no berth ${id}`);
  station.change({ berths });
  station.addEvent({
    ...{ kind: 'berth-observed', key: part.car?.uid ?? null, laneId: null, passageId: null },
    ...{ actor: { kind: 'station', name: 'station' }, body: {} },
  });
  return changed;
}
