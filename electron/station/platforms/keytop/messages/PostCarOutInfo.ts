import { z } from 'zod';
import { query } from '../define.ts';
import { sentFields } from '../out-kept.ts';

/** Fen, as a number or a text; missing, null or empty: not told. */
const maybeFen = z.preprocess((value) => {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
  return typeof value === 'string' && /^\s*\d{1,12}\s*$/.test(value) ? Number(value) : value;
}, z.int().min(0).optional());

/** A picture that travels whole, as Base64: more than the largest that the settings allow. */
const MOST_IMAGE = 8_000_000;

/** A signed car stands at the exit and owes: it is asked for once, and never again by itself. Times as they are written. */
export const PostCarOutInfo = query({
  name: 'PostCarOutInfo',
  title: '免密支付数据提交接口',
  section: '上行2.2',
  schema: z.strictObject({ ...sentFields, cardNo: z.string().max(64), imgName: z.string().max(MOST_IMAGE) }),
  sample: {
    ...{ plateNo: '闽D02000', cardNo: '', entryTime: '2019/03/25 08:05:09', leaveTime: '2019/03/25 10:15:00' },
    ...{ totalMoney: 200, leavePlace: '出口1', imgName: '' },
  },
  /** The table and the example spell the sum differently (G12): read by `seamless.ts`, which minds whether they agree. */
  answer: z.looseObject({ densitymoney: maybeFen, deductmoney: maybeFen }),
  sampleAnswer: { densitymoney: 200 },
  wire: ({ plateNo, cardNo, ...rest }) => ({ plateNo, cardNo, ...rest }),
});
