import type { Stay } from '../../../../shared/domain/stay.ts';
import { notDone, type ShenzhenContext } from './context.ts';
import { uidOf } from './record-code.ts';

/** The stay that the city names by its record code. */
export function stayOf(recordCode: string, { site, station }: ShenzhenContext): Stay | undefined {
  const uid = uidOf(recordCode, site.code);
  return uid === undefined ? undefined : station().read.stays.get(uid);
}

export const NO_RECORD = notDone(404, '没有该停车记录');
