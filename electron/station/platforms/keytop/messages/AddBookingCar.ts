import { MAX_FEN } from '../../../../../shared/domain/money.ts';
import { booked, bookingIdOf, isAtOnce, passesOf } from '../bookings.ts';
import { PERIOD_ALIASES } from '../card-fields.ts';
import { carriedOut } from '../carried-out.ts';
import { KEYTOP } from '../context.ts';
import { down, parameters } from '../define.ts';
import { code, maybeCode, plateToKeep, time, whole } from '../down-fields.ts';

/** Books a place for a plate, in all areas. The same request again is answered with the booking that it made. */
export const AddBookingCar = down({
  name: 'AddBookingCar',
  title: '预约车新增接口',
  section: '下行5.1',
  schema: parameters(
    {
      plateNo: plateToKeep(),
      preMoney: whole(0, MAX_FEN),
      validFrom: time(),
      validTo: time(),
      bookType: code(0, 1),
      promptly: maybeCode(0, 1),
    },
    PERIOD_ALIASES,
  ),
  sample: {
    plateNo: '闽D02000',
    preMoney: 100,
    validFrom: '2026-08-01 00:00:00',
    validTo: '2026-08-31 23:59:59',
    bookType: 1,
    promptly: 1,
  },
  handle: ({ plateNo, preMoney, validFrom, validTo, bookType, promptly }, _call, context) =>
    carriedOut(() => {
      const { id } = context
        .station()
        .registry.bookings.order(
          { plate: plateNo, from: validFrom, to: validTo, passes: passesOf(bookType), prepaidFen: preMoney },
          isAtOnce(promptly, context),
          KEYTOP,
        );
      return booked(bookingIdOf(id, context), context);
    }),
});
