import type { RechargeUnit } from '../../../../../shared/domain/registry.ts';
import { typeOfCard } from '../card-fields.ts';
import { notDone, rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { whole } from '../down-fields.ts';
import { unlisted } from '../readings.ts';

/** 充值类型 */
const UNITS = { money: 0, months: 1, days: 2, hours: 3, times: 4 } as const satisfies Record<RechargeUnit, number>;

/** The recharge plans for cards of a type; none where there are no such cards. */
export const GetCardProduct = down({
  name: 'GetCardProduct',
  title: '固定车充值规则查询接口',
  section: '下行4.7',
  schema: parameters({ carType: whole(0, 99_999) }),
  sample: { carType: 2 },
  handle: ({ carType }, _call, context) => {
    const odd = unlisted({ carType }, context);
    if (odd !== undefined) return notDone(odd);
    const typed = typeOfCard(carType, context);
    const plans = context.station().read.rechargePlans.all();
    return rows(
      plans
        .filter(({ type }) => type === typed?.type)
        .map(({ name, amount, unit, priceFen, gift }) => ({
          ruleName: name,
          rechargeAmount: amount,
          rechargeType: UNITS[unit],
          basicMoney: priceFen,
          sentAmount: gift,
          sentType: UNITS[unit],
          ...(context.settings.bothSpellings && { snetType: UNITS[unit] }),
        })),
    );
  },
});
