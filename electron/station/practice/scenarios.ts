import type { Scenario } from '../../../shared/contract/practice.ts';
import { UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import { TRAINER } from './floor.ts';
import { givenUp, judged, leftHow, letGo, openedByHand, paysAtExit, type ScenarioPlan } from './scenario.ts';
import { broken } from './scenarios-broken.ts';

const DAY = 86_400_000;

/** Read with one character that cameras take for another. */
const misreadOf = (text: string): string => {
  const swaps: Readonly<Record<string, string>> = { '8': 'B', '0': 'D', '5': 'S', '2': 'Z', '1': 'L' };
  const at = [...text].findLastIndex((character, index) => index > 1 && character in swaps);
  return at < 0 ? text : `${text.slice(0, at)}${swaps[text[at] ?? ''] ?? ''}${text.slice(at + 1)}`;
};

const normalExit: ScenarioPlan = {
  side: 'out',
  begin: (floor, car) => {
    car.uid = floor.park(car.plate, 95).uid;
    floor.camera.out.shows(car.plate);
  },
  judge: paysAtExit,
};

const misread: ScenarioPlan = {
  side: 'out',
  begin: (floor, car) => {
    car.uid = floor.park(car.plate, 130).uid;
    floor.camera.out.shows(toPlate(misreadOf(car.plate.text), car.plate.color), car.plate);
  },
  judge: (event, car) => {
    const found = paysAtExit(event, car);
    return found?.verdict === 'right' ? judged.right('right-car') : found;
  },
};

const unread: ScenarioPlan = {
  ...misread,
  begin: (floor, car) => {
    car.uid = floor.park(car.plate, 45).uid;
    floor.camera.out.shows(UNREAD_PLATE, car.plate);
  },
};

/** Nobody saw it come in: found out when it did, or the fixed fee; letting it go free is how money is lost. */
const noEntry: ScenarioPlan = {
  side: 'out',
  begin: (floor, car) => floor.camera.out.shows(car.plate),
  judge: (event, car) => {
    if (openedByHand(event, car)) return judged.wrong('opened-without-record');
    if (givenUp(event, car)) return judged.wrong('cancelled');
    if (letGo(event, car)) return judged.wrong('released-free');
    if (event.kind !== 'vehicle-exited' || event.laneId !== car.laneId) return null;
    if (event.body.stay.plate.text !== car.plate.text) return judged.wrong('wrong-car');
    const found = leftHow(event.body.how);
    return found.verdict === 'right' ? judged.right('filled-in') : found;
  },
};

const unlicensed: ScenarioPlan = {
  side: 'in',
  begin: (floor) => floor.camera.in.shows(toPlate('无牌', 'unknown')),
  judge: (event, car) => {
    if (openedByHand(event, car)) return judged.wrong('opened-without-record');
    if (givenUp(event, car)) return judged.wrong('cancelled');
    return event.kind === 'vehicle-entered' && event.laneId === car.laneId ? judged.right('identified') : null;
  },
};

const arrears: ScenarioPlan = {
  side: 'out',
  begin: (floor, car) => {
    floor.registry.debts.put(
      { plate: car.plate.text, amountFen: 2000, reason: '上次离场未缴费', intercept: 'exit' },
      undefined,
      TRAINER,
    );
    car.uid = floor.park(car.plate, 65).uid;
    floor.camera.out.shows(car.plate);
  },
  judge: (event, car, floor) => {
    const found = paysAtExit(event, car);
    if (found?.verdict !== 'right') return found;
    const owes = floor.owes(car.plate.text);
    return owes ? judged.wrong('debt-left') : judged.right('debt-collected');
  },
};

const blacklisted: ScenarioPlan = {
  side: 'in',
  begin: (floor, car) => {
    floor.registry.lists.put(
      { list: 'black', plate: car.plate.text, strategy: 'no-entry', remark: '训练：禁止入场' },
      TRAINER,
    );
    floor.camera.in.shows(car.plate);
  },
  judge: (event, car) => {
    if (openedByHand(event, car)) return judged.wrong('opened-without-record');
    if (event.kind === 'vehicle-entered' && event.laneId === car.laneId) return judged.wrong('let-in');
    return givenUp(event, car) ? judged.right('sent-away') : null;
  },
};

/** It may come in, as a temporary car that pays: the driver is told, not sent away. */
const cardExpired: ScenarioPlan = {
  side: 'in',
  begin: (floor, car) => {
    const validTo = floor.clock.now() - 3 * DAY;
    floor.registry.cards.create(
      { type: 'monthly', plates: [car.plate.text], validFrom: validTo - 30 * DAY, validTo },
      TRAINER,
    );
    floor.camera.in.shows(car.plate);
  },
  judge: (event, car) => {
    if (openedByHand(event, car)) return judged.wrong('opened-without-record');
    if (givenUp(event, car)) return judged.wrong('sent-away');
    return event.kind === 'vehicle-entered' && event.laneId === car.laneId ? judged.right('let-in') : null;
  },
};

/** The driver pays by phone before the barrier: the arm opens by itself, and cash would be taken twice. */
const PHONE_MS = 6_000;
const paidByPhone: ScenarioPlan = {
  side: 'out',
  begin: (floor, car) => {
    car.uid = floor.park(car.plate, 75).uid;
    floor.camera.out.shows(car.plate);
    floor.clock.after(PHONE_MS, () => floor.payByPhone(car.laneId, car.uid));
  },
  judge: (event, car) => {
    if (event.kind === 'bill-paid' && event.body.stay.uid === car.uid)
      return event.body.method === 'cash' ? judged.wrong('took-cash-twice') : judged.right('waited-for-phone');
    return paysAtExit(event, car);
  },
};

export const scenarios: Readonly<Record<Scenario, ScenarioPlan>> = {
  'normal-exit': normalExit,
  misread,
  'no-entry': noEntry,
  unread,
  unlicensed,
  arrears,
  blacklisted,
  'card-expired': cardExpired,
  'paid-by-phone': paidByPhone,
  ...broken,
};
