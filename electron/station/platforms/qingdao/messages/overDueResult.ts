import { z } from 'zod';
import { MAX_FEN } from '../../../../../shared/domain/money.ts';
import { Refused } from '../../define-message.ts';
import { noteArrears } from '../arrears.ts';
import { listedPlate } from '../codes.ts';
import { down } from '../define.ts';
import { looseFen, looseText, optionalCode } from '../loose.ts';
import { addressed, newestOnly } from '../notice-rules.ts';

/** A car with unpaid bills came in: it is to pay them here. */
export const overDueResult = down({
  name: 'overDueResult',
  title: '车辆欠费情况通知',
  section: '四(六)2',
  schema: z.looseObject({
    parkingCode: looseText(64),
    plateNo: looseText(50),
    overDueCount: optionalCode,
    unPay: looseFen,
    prevent: optionalCode,
  }),
  sample: { plateNo: '鲁B01001', overDueCount: 3, unPay: 2000, prevent: 1 },
  handle: (body, notice, context) => {
    const elsewhere = addressed(body.parkingCode, notice, context);
    if (elsewhere !== undefined) return elsewhere;
    const plate = listedPlate(body.plateNo ?? '');
    if (plate === undefined) return new Refused('plateNo: no plate that a car can have');
    const unPayFen = body.unPay ?? (body.overDueCount === 0 ? 0 : undefined);
    if (unPayFen === undefined || unPayFen > MAX_FEN) return new Refused('unPay: missing, or far too much');
    const at = notice.timestamp;
    if (at === null) return new Refused('timestamp: cannot be read');
    const subject = ['overDueResult', context.settings.parkingCode, plate];
    return newestOnly(context, subject, { requestId: notice.requestId, at }, () => {
      noteArrears(context, { plate, count: body.overDueCount, unPayFen, prevent: body.prevent, at });
      return undefined;
    });
  },
});
