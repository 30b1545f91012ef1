import { createHash } from 'node:crypto';
import type { Site } from '../../../../shared/domain/site.ts';
import type { QingdaoContext } from './context.ts';
import { uploadParkingInfo } from './messages/uploadParkingInfo.ts';
import type { ParkingInfo } from './parking-info.ts';

const TOLD = 'parkingInfo';

/** The table's fields: what is set, and what the car park itself says where it is not. */
function bodyOf(info: ParkingInfo, site: Site, parkingCode: string) {
  const totalBerthNum = info.totalBerthNum ?? site.totalSpaces;
  const openBerthNum = info.openBerthNum ?? site.openSpaces;
  return {
    parkingCode,
    parkingName: info.parkingName ?? site.name,
    address: info.address,
    regionCode: info.regionCode,
    areaCode: info.areaCode,
    priceType: info.priceType,
    inroadFeesType: info.inroadFeesType ?? null,
    feeScale: info.feeScale,
    openTime: info.openTime,
    parkingPattern: info.parkingPattern ?? null,
    parkingLocate: info.parkingLocate,
    parkingType: info.parkingType,
    attachedType: info.attachedType ?? null,
    buildType: info.buildType ?? null,
    totalBerthNum,
    openBerthNum,
    x: info.x ?? null,
    y: info.y ?? null,
    bmapX: info.bmapX,
    bmapY: info.bmapY,
    gmapX: info.gmapX,
    gmapY: info.gmapY,
    tempTotalNum: info.tempTotalNum ?? openBerthNum,
    intrinsicTotalNum: info.intrinsicTotalNum ?? Math.max(0, totalBerthNum - openBerthNum),
    visitorTotalNum: info.visitorTotalNum,
    chargeTotalNum: info.chargeTotalNum,
  };
}

/**
 * Queues the car park's own data when they are not those that were told last. A changed configuration starts the station anew, so
 * looking at each start is looking at each change.
 */
export function announceParking(context: Pick<QingdaoContext, 'settings' | 'commands' | 'clock' | 'log'>, site: Site) {
  const { settings, commands, clock, log } = context;
  if (settings.parkingInfo === undefined) {
    log.warn('the city wants to know the car park (uploadParkingInfo), and parkingInfo is not set');
    return;
  }
  const body = bodyOf(settings.parkingInfo, site, settings.parkingCode);
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  if (commands.recall('qingdao', TOLD) === digest) return;
  // The time is in its name: what is changed and changed back is told each time.
  const recordId = `${digest.slice(0, 12)}-${clock.now()}`;
  commands.enqueue('qingdao', uploadParkingInfo.draft({ recordId, key: null, body }));
  commands.remember('qingdao', TOLD, digest);
}
