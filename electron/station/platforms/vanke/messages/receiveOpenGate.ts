import { z } from 'zod';
import { notDone } from '../context.ts';
import { down } from '../define.ts';
import { laneOfReader } from '../devices-named.ts';
import { namedPlate, numberText, openMode } from '../down-fields.ts';
import { commandGate, type Wanted } from '../open-gate.ts';

/**
 * 闸口管理. A mode must be there: one that is missing, together with a missing plate, must never open for whoever stands there.
 *
 * | openMode | what is done |
 * | --- | --- |
 * | 0 常开 | the arm is held up; once it is, nothing moves again |
 * | 1 恢复 | back to one lift per car |
 * | 2 正常 | open if the car that stands there has this plate; without a plate it is forced |
 * | 3 强制 | open, whoever stands there |
 */
export const receiveOpenGate = down({
  name: 'receiveOpenGate',
  title: '闸口管理',
  section: '供应商提供接口 / 闸口管理',
  schema: z.looseObject({ deviceNo: numberText, openMode, plateNumber: namedPlate }),
  sample: { deviceNo: 'LPR-E01', plateNumber: '粤B12345', openMode: '2' },
  handle: ({ deviceNo, openMode: mode, plateNumber }, _call, context) => {
    const lane = laneOfReader(deviceNo, context);
    return 'why' in lane ? notDone(lane.why) : commandGate(lane.found, wantedBy(mode, plateNumber), context);
  },
});

function wantedBy(mode: z.infer<typeof openMode>, plate: string | undefined): Wanted {
  if (mode === '0') return { action: 'hold' };
  if (mode === '1') return { action: 'release-hold' };
  if (mode === '3') return { action: 'open', plate: null, as: '万科平台远程开闸（强制）' };
  return plate === undefined
    ? { action: 'open', plate: null, as: '万科平台远程开闸（正常模式未给车牌，按强制）' }
    : { action: 'open', plate, as: `万科平台远程开闸（正常，车牌 ${plate}）` };
}
