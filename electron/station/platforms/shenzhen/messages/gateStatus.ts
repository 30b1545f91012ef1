import type { Lane } from '../../../../../shared/domain/site.ts';
import type { DeviceState, StationServices } from '../../platform.ts';
import { done, notDone } from '../context.ts';
import { down, table } from '../define.ts';
import { deviceOfCode } from '../devices.ts';
import { text } from '../down-fields.ts';

type LaneState = ReturnType<StationServices['lanes']['state']>;

/** Barriers by the codes that `equipment` told: the city's own, or our device ids. That of the camera and that of the lane mean the arm they have. */
export const gateStatus = down({
  name: 'gateStatus',
  title: '闸机状态查询',
  section: '6.3.15',
  schema: table({ barCode: text(36) }),
  sample: { barCode: 'GATE-01' },
  handle: ({ barCode }, _call, { station, settings }) => {
    const { lanes, devices } = station();
    const all = lanes.lanes();
    const named = deviceOfCode(barCode, devices.states(), settings)?.id ?? barCode;
    const lane =
      all.find(({ id, barrier }) => barrier === named || id === named) ??
      all.find(({ camera, exitCamera }) => camera === named || exitCamera === named);
    const device = lane && devices.states().find(({ id }) => id === armOf(lane));
    if (lane === undefined || device === undefined) return notDone(404, '没有该编码的闸机');
    const state = device.state === 'online' ? 1 : 0;
    return done({ barCode, state, gateState: gateStateOf(device, lanes.state(lane.id)) });
  },
});

/** Moved by a barrier, or by the camera where nothing else does. */
const armOf = ({ barrier, camera }: Lane): string | undefined => barrier ?? camera;

const CLOSED = 0;
const OPEN = 1;
const MOVING = 2;
const HELD = 3;
const UNKNOWN = 9;

/**
 * Our codes, for the draft has none. Most arms do not say where they are: then it is what they were told last and did, as long as that can
 * still be so. One that was opened goes down by itself behind the car, and nobody hears of it.
 */
function gateStateOf({ arm, state }: DeviceState, { held, lastCommand, underArm, phase }: LaneState): number {
  if (lastCommand?.outcome === 'pending') return MOVING;
  if (held) return lastCommand?.action === 'hold' && lastCommand.outcome !== 'done' ? UNKNOWN : HELD;
  if (arm === 'moving') return MOVING;
  if (arm === 'open') return OPEN;
  if (arm === 'closed') return CLOSED;
  if (underArm) return OPEN;
  if (state !== 'online' || lastCommand?.outcome !== 'done') return UNKNOWN;
  if (lastCommand.action === 'close' || lastCommand.action === 'release-hold') return CLOSED;
  return phase === 'cleared' ? OPEN : UNKNOWN;
}
