import { z } from 'zod';
import { noteAutoPay } from '../bindings.ts';
import { down } from '../define.ts';
import { formLimit, formPlate } from '../down-fields.ts';

/** 0 先扣后出, which is what every charge is made as; 1 先出后扣 is kept and not used (4.3). */
const payType = z
  .literal(['0', '1', ''])
  .optional()
  .transform((text) => (text === '1' ? 1 : 0));

/** The owner of a plate signs up for AutoPay, most likely while the car is inside. */
export const autoPayBind = down({
  name: 'autoPayBind',
  title: '无感配置绑定',
  section: '4.3',
  schema: z.looseObject({
    vpl_number: formPlate,
    auto_pay_type: payType,
    limiter: formLimit,
    serial_no: z.string().max(200).default(''),
    post_url: z.string().max(500).default(''),
  }),
  sample: {
    ...{ vpl_number: '云Z00000', auto_pay_type: '0', limiter: '50000', serial_no: '' },
    post_url: 'https://openmain-uat.park.cmbchina.biz/api/AutoPay',
  },
  handle: (body, _call, context) => {
    const uid = context.station().read.stays.inside(body.vpl_number)?.uid ?? null;
    const kept = noteAutoPay(
      context,
      { plate: body.vpl_number, uid },
      { signed: true, limitFen: body.limiter },
      { payType: body.auto_pay_type, serialNo: body.serial_no, postUrl: body.post_url },
    );
    return kept ? { status: 0, message: 'success' } : { status: 1, message: '该车牌不能开通无感支付' };
  },
});
