import { down, parameters } from '../define.ts';
import { maybeText, paging, period } from '../down-fields.ts';
import { exitsFound } from '../records-found.ts';

/** Exits of cars that came in, or left, at a lane whose name contains what is given; both given, both must hold. */
export const GetCarInOutInfoByPlace = down({
  name: 'GetCarInOutInfoByPlace',
  title: '按出入口查询停车信息接口',
  section: '下行1.2',
  schema: parameters({ entryPlace: maybeText(64), leavePlace: maybeText(64), ...period, ...paging }),
  sample: {
    entryPlace: '入口',
    leavePlace: '',
    startTime: '2026-12-01 00:00:00',
    endTime: '2026-12-31 23:59:59',
    pageIndex: 1,
    pageCount: 10,
  },
  handle: (asked, { at }, context) => exitsFound(asked, at, context),
});
