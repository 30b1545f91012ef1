import { STATION } from '../../../../shared/domain/events.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { KEYTOP, type KeytopContext } from './context.ts';

/** 免密支付: which stays the third party pays for. What it says is good for one stay. */

type Needed = Pick<KeytopContext, 'station' | 'log'>;

const KIND = 'auto-pay';

/**
 * The stay is paid for from now on, as long as its car is inside. Told again it changes nothing.
 *
 * @returns whether it is: not for a car that has left or is called otherwise by now, nor for one whose plate no list takes
 */
export function sign(uid: string, plate: string, context: Needed): boolean {
  const { read, registry } = context.station();
  const stay = read.stays.get(uid);
  if (stay?.status !== 'inside' || stay.plate.text !== plate || stay.identity !== null) return false;
  try {
    registry.agreements.put({ platform: KEYTOP.name, plate, kind: KIND, uid }, KEYTOP);
    return true;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    context.log.debug('an agreement could not be kept', { reason: error.message });
    return false;
  }
}

/** The stay is over, and what was agreed on for it. */
export function ended({ uid, plate }: Pick<Stay, 'uid' | 'plate'>, { station }: Needed): void {
  const { read, registry } = station();
  for (const { id, platform, uid: of } of read.agreements.ofPlate(plate.text))
    if (platform === KEYTOP.name && of === uid) registry.agreements.remove({ id }, STATION, '停车结束');
}
