import type { Stay } from '../../../shared/domain/stay.ts';
import { dateTime, plateText, term, yuan } from './terms.ts';

/** What of a stay a person may put right, in words. */
const FIELDS: readonly (readonly [string, (stay: Stay) => string])[] = [
  ['车牌', (stay) => plateText(stay.plate)],
  ['状态', (stay) => term('status', stay.status)],
  ['车型', (stay) => term('vehicleClass', stay.vehicleClass)],
  ['停车性质', (stay) => term('parkingType', stay.parkingType)],
  ['入场车道', (stay) => stay.entryLane.name],
  ['入场时间', (stay) => dateTime(stay.enteredAt)],
  ['出场车道', (stay) => stay.exitLane?.name ?? '—'],
  ['离场时间', (stay) => dateTime(stay.exitedAt)],
  ['停车费', (stay) => yuan(stay.chargeFen)],
  ['应收', (stay) => yuan(stay.dueFen)],
  ['已收', (stay) => yuan(stay.paidFen)],
  ['优惠', (stay) => yuan(stay.discountFen)],
  ['免收', (stay) => yuan(stay.waivedFen)],
  ['欠费', (stay) => yuan(stay.owedFen)],
  ['通行条件', (stay) => JSON.stringify(stay.terms)],
  ['存疑', (stay) => stay.doubts.map((doubt) => doubt.detail || doubt.kind).join('、') || '无'],
  ['复核时间', (stay) => dateTime(stay.reviewedAt)],
];

/** The fields in which two pictures of a stay differ, before and after. */
export function correctionText(before: Stay, after: Stay): { readonly before: string; readonly after: string } {
  const changed = FIELDS.filter(([, read]) => read(before) !== read(after));
  const say = (stay: Stay): string => changed.map(([name, read]) => `${name} ${read(stay)}`).join('，') || '（无变化）';
  return { before: say(before), after: say(after) };
}
