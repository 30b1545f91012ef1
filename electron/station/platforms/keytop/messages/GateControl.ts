import { type ArmAction, commandArm } from '../arm.ts';
import { notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { code, deviceOfLane } from '../down-fields.ts';
import { laneOfDevice } from '../places.ts';

const ACTIONS: Readonly<Record<1 | 2 | 11 | 12, ArmAction>> = { 1: 'open', 2: 'close', 11: 'hold', 12: 'release-hold' };

/** 道闸控制接口: moves an arm and nothing else. A code must be there and be known: what is missing must never open. */
export const GateControl = down({
  name: 'GateControl',
  title: '道闸控制',
  section: '下行2.3',
  schema: parameters({ ...deviceOfLane, controlType: code(1, 2, 11, 12) }),
  sample: { parkCode: '123', deviceCode: '300', deviceType: 0, controlType: 1 },
  handle: ({ deviceCode, deviceType, controlType }, _call, context) => {
    const found = laneOfDevice(deviceCode, deviceType, context);
    return 'refused' in found ? notDone(found.refused) : commandArm(found.lane, ACTIONS[controlType], context);
  },
});
