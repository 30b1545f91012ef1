import { bookingRows } from '../bookings.ts';
import { down, parameters } from '../define.ts';
import { plate } from '../down-fields.ts';

/** The first five bookings of a plate that are in force or in use. */
export const GetBookingCar = down({
  name: 'GetBookingCar',
  title: '预约车查询接口',
  section: '下行5.3',
  schema: parameters({ plateNo: plate() }),
  sample: { plateNo: '闽D02000' },
  handle: ({ plateNo }, { at }, context) => bookingRows(plateNo, at, context),
});
