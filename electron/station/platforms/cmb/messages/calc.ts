import { z } from 'zod';
import type { Stay } from '../../../../../shared/domain/stay.ts';
import { ConflictError } from '../../../runtime/errors.ts';
import { Refused } from '../../define-message.ts';
import { BANK } from '../actor.ts';
import { type Quoted, quoteAtExit, quoteStay, STATUS } from '../calc-quote.ts';
import type { CmbContext, CmbReply } from '../context.ts';
import { down } from '../define.ts';
import { formGate, formVpl, maybe } from '../down-fields.ts';
import { type CarThere, carAt, insideBy } from '../exits.ts';

/**
 * What has a car to pay? Three questions by what is given:
 *
 * | given | about | answer |
 * | --- | --- | --- |
 * | exit | the car that stands there | its order and plate; 2 and its plate without an order; 3 without a car, or with one that nobody can name |
 * | plate | the car inside that is called so | its order; 2 without a record |
 * | both | 无牌车: the plated car at the exit, else the car of the virtual plate | the table of 4.1; `vpl_number` is empty where nobody stands there |
 *
 * | status | when |
 * | --- | --- |
 * | 0 | there is an order, also one of 0 yuan: free so far, paid and in time to leave, or let through already |
 * | 1 | it cannot be told now: the money is just being collected; a person looks first (疑问, 金额核对, a rule that stops the car); a platform decides |
 * | 2 | 无订单 |
 * | 3 | 未获取车牌 |
 * | 4 | other classes of vehicle have a price, this one has none |
 * | 5 | no tariff prices it at all |
 *
 * A bill that stands is told again as it is while it holds, however often it is asked for.
 */
export const calc = down({
  name: 'calc',
  title: '查询停车费用',
  section: '4.1',
  schema: z.looseObject({ vpl_number: maybe(formVpl), out_code: maybe(formGate) }),
  sample: { out_code: '12' },
  handle: ({ vpl_number: vpl, out_code: exit }, _call, context) => {
    if (exit !== undefined) return vpl === undefined ? exitScan(exit, context) : noPlate(vpl, exit, context);
    if (vpl === undefined) return new Refused('vpl_number, out_code: one of them is needed');
    const stay = insideBy(vpl, context);
    return stay ? told(quoteStay(stay, context), vpl) : noOrder(vpl);
  },
});

/** `vpl` stands in the answer also where there is no order. */
const told = (quoted: Quoted, vpl: string): CmbReply =>
  quoted.status === STATUS.ok
    ? { status: STATUS.ok, message: 'success', data: { ...quoted.order, vpl_number: vpl } }
    : { status: quoted.status, message: quoted.message, data: { vpl_number: vpl } };

const noOrder = (vpl: string): CmbReply => ({
  status: STATUS.noRecord,
  message: '没有停车记录',
  data: { vpl_number: vpl },
});

function exitScan(exit: number, context: CmbContext): CmbReply {
  const car = carAt(exit, 'out', context);
  // A car without a plate has a name as soon as somebody has told it.
  const vpl = car?.plate ?? car?.passage.identity ?? null;
  if (!car || vpl === null) return { status: STATUS.noPlate, message: car ? '未识别到车牌' : '出口没有车辆' };
  return told(quoteAtExit(car, context), vpl);
}

/** 无牌车: the six rows of the table. */
function noPlate(vpl: string, exit: number, context: CmbContext): CmbReply {
  const car = carAt(exit, 'out', context);
  if (car && car.plate !== null) return told(quoteAtExit(car, context), car.plate);
  const stay = insideBy(vpl, context);
  if (car?.cleared) {
    // Paid and about to go, it asks once more; another one has driven off, or is not to be told from it.
    if (!stay && car.passage.identity === vpl) return told(quoteAtExit(car, context), vpl);
    return stay ? told(quoteStay(stay, context), '') : noOrder('');
  }
  if (!stay) return noOrder(car ? vpl : '');
  if (!car) return told(quoteStay(stay, context), '');
  const tied = tie(car, stay, exit, context);
  return told(tied ? quoteAtExit(tied, context) : quoteStay(stay, context), vpl);
}

/** The car that stands there is that of the virtual plate: from now on what is paid for it opens this exit. */
function tie({ lane, passage }: CarThere, stay: Stay, exit: number, context: CmbContext): CarThere | undefined {
  const { lanes } = context.station();
  // Whoever says to be a car with a plate, or to be the one that somebody else is paying for, is not believed so easily.
  if (passage.identity === null && passage.uid === null && stay.identity !== null)
    try {
      lanes.identify(lane.id, stay.identity, BANK, passage.id);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      context.log.warn('a car without a plate could not be identified', { lane: lane.id, reason: error.message });
    }
  const car = carAt(exit, 'out', context);
  return car?.passage.uid === stay.uid ? car : undefined;
}
