import { answering } from '../answering.ts';

/** The answer to {@link overDueResult}. */
export const confirmOverDueResult = answering({
  name: 'confirmOverDueResult',
  title: '车辆欠费情况确认',
  section: '四(六)3',
  params: { plateNo: '鲁B01001', overDueCount: 3, unPay: 2000, prevent: 1 },
});
