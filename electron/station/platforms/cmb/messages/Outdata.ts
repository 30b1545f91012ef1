import { z } from 'zod';
import { Refused } from '../../define-message.ts';
import { text } from '../../wire-fields.ts';
import { type ChargeItem, chargeItem, chargeItems, MOST_ITEMS } from '../charge-items.ts';
import { PAID_THROUGH_BANK } from '../codes.ts';
import type { CmbContext } from '../context.ts';
import { up } from '../define.ts';
import { gate, gateOf, noGate, recordId, seconds, toSeconds, vplNumber, vplOf } from '../fields.ts';
import { numberOf } from '../pay-numbers.ts';
import { partsOf } from '../pay-parts.ts';

const schema = z.strictObject({
  charge_items: z.array(chargeItem).max(MOST_ITEMS),
  /** Null: the lane had no number that may be sent at the time; it is looked up again. */
  in_code: gate.nullable(),
  in_time: seconds,
  out_code: gate.nullable(),
  out_time: seconds,
  vpl_number: vplNumber,
  record_id: recordId,
  /** Ours, not sent: the lanes. */
  in_lane: text(60),
  out_lane: text(60),
});

/**
 * A vehicle left, with how its stay was settled. A car that was let through and did not go leaves once more later: then the record is
 * told anew, under its own number and with what counts by then.
 */
export const Outdata = up({
  name: 'Outdata',
  title: '出车上报',
  section: '5.4',
  schema,
  sample: {
    charge_items: [
      {
        should_pay: 1,
        actual_pay: 1,
        pay_type: 99,
        toll_collector: 'Doraemon',
        seq_num: '520600NCcLjxR1550560951699014cmb',
        time: 1_550_560_954,
      },
    ],
    in_code: 1,
    in_time: 1_550_049_030,
    out_code: 1,
    out_time: 1_550_562_547,
    vpl_number: '浙C99999',
    record_id: '2019213091030',
    in_lane: 'in1',
    out_lane: 'out1',
  },
  from: {
    'vehicle-exited': ({ body, actor, at }, { settings }) => {
      const { stay } = body;
      const outLane = stay.exitLane ?? body.lane;
      const who = actor.kind === 'user' ? actor.name : '';
      return {
        recordId: stay.exitRecordId ?? stay.uid,
        key: stay.uid,
        body: {
          charge_items: chargeItems(body, { at, who, unknown: settings.codes.collectorForUnknown }),
          in_code: gateOf(stay.entryLane, settings) ?? null,
          in_time: toSeconds(stay.enteredAt),
          out_code: gateOf(outLane, settings) ?? null,
          out_time: toSeconds(stay.exitedAt ?? at),
          vpl_number: vplOf(stay),
          record_id: stay.uid,
          in_lane: stay.entryLane.id,
          out_lane: outLane.id,
        },
      };
    },
  },
  wire: ({ in_lane, out_lane, ...rest }, context) => {
    const { settings } = context;
    const in_code = rest.in_code ?? gateOf({ id: in_lane, number: 0 }, settings);
    const out_code = rest.out_code ?? gateOf({ id: out_lane, number: 0 }, settings);
    if (in_code === undefined) return new Refused(noGate(in_lane));
    if (out_code === undefined) return new Refused(noGate(out_lane));
    const charge_items = rest.charge_items.flatMap((item) => inParts(item, context));
    return { ...rest, charge_items, in_code, out_code };
  },
});

/** Payments that came in one push, each by the number under which the bank has it. */
function inParts(item: ChargeItem, context: CmbContext): readonly ChargeItem[] {
  if (item.pay_type !== PAID_THROUGH_BANK) return [item];
  const parts = partsOf(item.seq_num, context);
  const whole = parts.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (parts.length < 2 || whole !== item.actual_pay || whole !== item.should_pay)
    return [{ ...item, seq_num: numberOf(item.seq_num, context) ?? item.seq_num }];
  return parts.map(({ order, amountFen }) => ({
    ...item,
    should_pay: amountFen,
    actual_pay: amountFen,
    seq_num: order,
  }));
}
