import { answering } from '../answering.ts';

/** The answer to {@link departurePayInfo}. */
export const confirmDeparturePayInfo = answering({
  name: 'confirmDeparturePayInfo',
  title: '车辆签约信息确认',
  section: '四(五)2',
  params: { parkingCode: '1001', plateNo: '鲁B01001', plateColor: 1, noSense: 1, moneyLimit: 10_000, departurePay: 1 },
});
