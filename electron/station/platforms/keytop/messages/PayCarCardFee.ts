import { MAX_FEN } from '../../../../../shared/domain/money.ts';
import { PERIOD_ALIASES, withCard } from '../card-fields.ts';
import { carriedOut } from '../carried-out.ts';
import { DONE, KEYTOP } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybeText, time, whole } from '../down-fields.ts';

/** The third party sold a recharge: money onto a stored-value card, a validity for every other one. Booked once. */
export const PayCarCardFee = down({
  name: 'PayCarCardFee',
  title: '固定车(同卡多车)充值接口',
  section: '下行4.6',
  schema: parameters(
    {
      cardId: whole(1),
      orderNo: maybeText(100),
      amount: whole(0, MAX_FEN),
      validFrom: time(),
      validTo: time(),
    },
    PERIOD_ALIASES,
  ),
  sample: {
    cardId: 1,
    orderNo: 'R1',
    amount: 30_000,
    validFrom: '2026-09-01 00:00:00',
    validTo: '2026-09-30 23:59:59',
  },
  handle: ({ cardId, orderNo, amount, validFrom, validTo }, _call, context) =>
    withCard(cardId, context, (id) =>
      carriedOut(() => {
        const { recharge, repeatMinutes } = context.settings.cards;
        const order = {
          ...{ validFrom, validTo, paidFen: amount, orderNo: orderNo === '' ? null : orderNo },
          ...{ join: recharge === 'join', repeatMs: repeatMinutes * 60_000 },
        };
        context.station().registry.recharges.collected(id, order, KEYTOP);
        return DONE;
      }),
    ),
});
