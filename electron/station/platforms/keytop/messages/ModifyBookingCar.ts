import { booked, isAtOnce, passesOf } from '../bookings.ts';
import { PERIOD_ALIASES } from '../card-fields.ts';
import { carriedOut } from '../carried-out.ts';
import { KEYTOP, notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { code, maybeCode, maybeTime, whole } from '../down-fields.ts';

/** Changes the period and the passes of a booking, or cancels it; cancelling it again is answered as the first time. */
export const ModifyBookingCar = down({
  name: 'ModifyBookingCar',
  title: '预约车修改接口',
  section: '下行5.2',
  schema: parameters(
    {
      bookid: whole(1),
      validFrom: maybeTime(),
      validTo: maybeTime(),
      bookType: maybeCode(0, 1),
      modifyType: code(0, 1),
      promptly: maybeCode(0, 1),
    },
    PERIOD_ALIASES,
  ),
  sample: {
    bookid: 1,
    validFrom: '2026-08-01 00:00:00',
    validTo: '2026-08-31 23:59:59',
    bookType: 1,
    modifyType: 0,
    promptly: 1,
  },
  handle: ({ bookid, validFrom, validTo, bookType, modifyType, promptly }, _call, context) => {
    const id = context.commands.numbered(KEYTOP.name, 'booking', bookid);
    if (id === undefined) return notDone(`没有编号为 ${bookid} 的预约`);
    return carriedOut(() => {
      const { bookings } = context.station().registry;
      if (modifyType === 1) bookings.cancel(id, KEYTOP, '第三方取消');
      else {
        const passes = bookType === undefined ? undefined : passesOf(bookType);
        bookings.change(id, { from: validFrom, to: validTo, passes }, KEYTOP, isAtOnce(promptly, context));
      }
      return booked(bookid, context);
    });
  },
});
