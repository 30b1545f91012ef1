import type { Stay } from '../../../../shared/domain/stay.ts';
import { notDone, type ShenzhenContext } from './context.ts';
import { uidOf } from './record-code.ts';
import { siteCodes } from './site-codes.ts';

/** The stay that the city names by its record code; of one that began when the car park had another code, too. */
export function stayOf(recordCode: string, context: ShenzhenContext): Stay | undefined {
  const { stays } = context.station().read;
  for (const siteCode of siteCodes(context)) {
    const uid = uidOf(recordCode, siteCode);
    const stay = uid === undefined ? undefined : stays.get(uid);
    if (stay) return stay;
  }
  return undefined;
}

export const NO_RECORD = notDone(404, '没有该停车记录');
