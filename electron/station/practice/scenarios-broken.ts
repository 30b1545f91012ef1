import type { Scenario } from '../../../shared/contract/practice.ts';
import { judged, openedByHand, paysAtExit, type ScenarioPlan } from './scenario.ts';

/** The camera sees nothing, and the car stands there all the same: written down by hand, and let in with a reason. */
const cameraOffline: ScenarioPlan = {
  side: 'in',
  begin: (floor, car) => {
    floor.camera.in.connect(false);
    floor.camera.in.shows(car.plate);
  },
  judge: (event, car) => {
    if (event.kind === 'vehicle-entered' && event.body.stay.plate.text === car.plate.text)
      return { remark: 'filled-in' };
    return openedByHand(event, car) ? judged.right('opened-by-hand') : null;
  },
  restore: (floor) => floor.camera.in.connect(true),
};

/** The money is taken and the arm stays shut: once more by hand. Taken again, or cancelled, would be wrong. */
const armSilent: ScenarioPlan = {
  side: 'out',
  begin: (floor, car) => {
    floor.barrier.out.break(true);
    car.uid = floor.park(car.plate, 50).uid;
    floor.camera.out.shows(car.plate);
  },
  judge: (event, car, floor) => {
    if (event.kind === 'gate-answered' && event.laneId === car.laneId && event.body.outcome === 'unknown') {
      // The wire was loose: the next command gets through.
      floor.barrier.out.break(false);
      return null;
    }
    if (event.kind === 'vehicle-exited' && event.body.stay.uid === car.uid) {
      const found = paysAtExit(event, car);
      return found?.verdict === 'right' ? { remark: 'collected' } : found;
    }
    if (!openedByHand(event, car)) return paysAtExit(event, car);
    return floor.hasLeft(car.uid) ? judged.right('opened-by-hand') : judged.wrong('opened-without-record');
  },
  restore: (floor) => floor.barrier.out.break(false),
};

/** Nothing changes at the window: what cannot be sent now is sent later. */
const platformDown: ScenarioPlan = {
  side: 'out',
  begin: (floor, car) => {
    floor.platform.answer(false);
    car.uid = floor.park(car.plate, 155).uid;
    floor.camera.out.shows(car.plate);
  },
  judge: paysAtExit,
  restore: (floor) => floor.platform.answer(true),
};

export const broken = {
  'camera-offline': cameraOffline,
  'arm-silent': armSilent,
  'platform-down': platformDown,
} satisfies Partial<Record<Scenario, ScenarioPlan>>;
