import { createHash } from 'node:crypto';
import type { DeviceKind, Lane } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { VankeContext } from './context.ts';
import { deviceNoOf, readerNoOf } from './fields.ts';
import { receiveAbnormal } from './messages/receiveAbnormal.ts';

/** All reports stand in one row: the oldest leaves first, and those behind it wait until it is out. */
const KEY = 'abnormal';

export type FaultyKind = Extract<DeviceKind, 'camera' | 'barrier' | 'display'>;

const WORDS: Readonly<Record<FaultyKind, string>> = { display: '显示屏', camera: '车牌识别器', barrier: '栏杆机' };

/** A device of a lane that cannot be reached, since `at`. Telling the same fault twice adds nothing. */
export function reportDevice(
  { lane, kind, deviceId, at }: { lane: Lane; kind: FaultyKind; deviceId: string; at: EpochMs },
  context: VankeContext,
): void {
  const no = deviceNoOf(deviceId, context.settings);
  report(context, {
    abnormalCode: context.settings.abnormal.codes[kind],
    deviceNo: no,
    msg: `${placeOf(lane)}的${WORDS[kind]}【${no}】连接异常！`,
    at,
    what: deviceId,
  });
}

/** A loop that is pressed for too long, told by the lane's plate reader. */
export function reportLoop({ lane, role, at }: { lane: Lane; role: string; at: EpochMs }, context: VankeContext): void {
  report(context, {
    abnormalCode: context.settings.abnormal.codes.loop,
    deviceNo: readerNoOf(lane, lane.direction === 'out' ? 'out' : 'in', context.settings),
    msg: `${placeOf(lane)}车辆压线圈过长！`,
    at,
    what: `${lane.id}/${role}`,
  });
}

/** 东二门01道: the templates speak of gate and lane. A name that does not end so gets the lane's number. */
const placeOf = ({ name, number }: Lane): string =>
  name.endsWith('道') ? name : `${name}${String(number).padStart(2, '0')}道`;

function report(
  { commands }: VankeContext,
  { what, ...body }: { abnormalCode: string; deviceNo: string; msg: string; at: EpochMs; what: string },
): void {
  // Ids of devices may be of any length; that of a message is not.
  const digest = createHash('sha256').update(what).digest('hex').slice(0, 12);
  const recordId = `${body.abnormalCode}-${digest}-${body.at}`;
  commands.enqueue('vanke', receiveAbnormal.draft({ recordId, key: KEY, body }));
}
