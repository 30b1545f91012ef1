import * as f from '../field.ts';
import { doubt, type Finding, finding } from '../finding.ts';
import { DONE, type Request, type UpInterface } from '../interface.ts';
import type { AutoOrder } from '../orders.ts';
import type { State } from '../state.ts';
import type { Answer } from '../style.ts';

const paidAnswer = ({ plate, channelOrder, paidAt, at }: AutoOrder): Answer => ({
  ...DONE,
  data: { vpl_number: plate, pay_time: Math.floor((paidAt ?? at) / 1_000), channel_order: channelOrder },
});

const sameOrder = (order: AutoOrder, fields: Request['fields']): boolean =>
  order.recordId === fields['record_id'] &&
  order.plate === fields['vpl_number'] &&
  String(order.amount) === fields['amount'];

function objections({ fields }: Request, state: State): Finding[] {
  const { record_id = '', request_order = '', vpl_number: plate = '', amount } = fields;
  const known = state.orders.auto.get(request_order);
  if (known)
    return sameOrder(known, fields)
      ? []
      : [finding('money', `order ${request_order} was for ${known.recordId}, ${known.amount}`, 'request_order')];
  const found: Finding[] = [];
  const record = state.records.of(record_id);
  if (!record && !state.records.wasTried('Indata', record_id))
    found.push(finding('order', `AutoPay of ${record_id}, which never entered`, 'record_id'));
  if (record && record.plate !== plate)
    found.push(doubt('relation', `${record_id} is ${record.plate}, AutoPay charges ${plate}`, 'vpl_number'));
  if (record?.exit) found.push(finding('order', `AutoPay of ${record_id} after its Outdata`, 'record_id'));
  if (Number(amount) <= 0) found.push(finding('relation', `AutoPay of ${amount} fen`, 'amount'));
  const contract = state.accounts.of(plate).objection(Number(amount));
  if (contract !== undefined) found.push(finding('contract', contract, 'vpl_number'));
  for (const earlier of state.orders.autoOf(record_id))
    if (earlier.known !== 'failed')
      found.push(
        finding(
          'money',
          `a second order of ${record_id} while ${earlier.requestOrder} is ${earlier.state}`,
          'record_id',
        ),
      );
  return found;
}

/** 5.1 无感扣费. The same request_order again is the same order: it charges once. */
export const AutoPay: UpInterface = {
  name: 'AutoPay',
  section: '5.1',
  fields: [f.PARK_CODE, f.PLATE, f.RECORD_ID, f.int('amount'), f.text('request_order', { format: 'token' })],
  repeats: ({ fields }, { orders }) => (orders.auto.has(fields['request_order'] ?? '') ? [] : undefined),
  objections,
  process: ({ fields, at }, state, conversations) => {
    const { record_id: recordId = '', request_order: requestOrder = '', vpl_number: plate = '' } = fields;
    const account = state.accounts.of(plate);
    const known = state.orders.auto.get(requestOrder);
    const order: AutoOrder = known ?? {
      ...{ requestOrder, recordId, plate, amount: Number(fields['amount']), at },
      ...{ channelOrder: state.orders.number(at), state: 'pending', paidAt: null, known: null },
    };
    state.orders.auto.set(requestOrder, order);
    const follows = known ? {} : conversations.charge(order, account);
    const yes = order.state === 'paid' || order.state === 'guaranteed';
    const { declineStatus } = account.habits;
    const why =
      order.state === 'pending' ? '支付处理中' : account.binding ? '扣款失败，余额不足' : '该车牌未签约无感支付';
    return {
      ...follows,
      answer: yes ? paidAnswer(order) : { status: declineStatus, message: why },
      after: (heard) => {
        if (heard) order.known = yes ? 'paid' : 'failed';
        follows.after?.(heard);
      },
    };
  },
};
