import { z } from 'zod';
import { type DisplayLine, fromTheLeft } from '../../../../../shared/domain/display.ts';
import { DONE, type KeytopContext, type KeytopReply, notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { deviceOfLane, text } from '../down-fields.ts';
import { deviceCodeOf, laneOfDevice } from '../places.ts';

/** More lines than any display has; what is beyond them is cut, as each display cuts what is beyond its own. */
const MOST_LINES = 16;
const MOST_CHARACTERS = 100;

/** Nothing that moves a cursor or ends a line: what it would do to a display nobody knows. */
const CONTROL = /\p{Cc}/gu;

/** showInfo: segments that stand apart by `|`, one a line. An empty one between two others is an empty line. */
const segments = text(10_000)
  .transform((shown) => shown.split('|').map((part) => part.replace(CONTROL, ' ').trim()))
  .pipe(z.array(z.string()).refine((parts) => parts.some((part) => part !== ''), '没有要显示的内容'))
  .transform((parts) => parts.slice(0, MOST_LINES).map((part) => [...part].slice(0, MOST_CHARACTERS).join('')));

/** 显示屏信息推送接口. */
export const ShowLedMsg = down({
  name: 'ShowLedMsg',
  title: '显示屏信息推送',
  section: '下行2.4',
  schema: parameters({ ...deviceOfLane, showInfo: segments }),
  sample: { parkCode: '123', deviceCode: '300', deviceType: 0, showInfo: 'ABC|DEF' },
  handle: async ({ deviceCode, deviceType, showInfo }, _call, context): Promise<KeytopReply> => {
    const display = displayOf(deviceCode, deviceType, context);
    return 'why' in display ? notDone(display.why) : show(display.id, fromTheLeft(showInfo), context);
  },
});

/** The display at a lane; or one that is asked for by its own code, though it stands at none. */
function displayOf(
  deviceCode: string,
  deviceType: number | undefined,
  context: KeytopContext,
): { readonly id: string } | { readonly why: string } {
  const found = laneOfDevice(deviceCode, deviceType, context);
  if ('lane' in found)
    return found.lane.display === undefined ? { why: '该车道没有显示屏' } : { id: found.lane.display };
  const own = context
    .station()
    .devices.states()
    .filter(({ id, kind, address }) => {
      if (kind !== 'display') return false;
      return deviceType === 1 ? address === deviceCode : deviceCodeOf(id, context) === deviceCode;
    });
  const [one, another] = own;
  return one === undefined || another !== undefined ? { why: found.refused } : { id: one.id };
}

async function show(id: string, lines: readonly DisplayLine[], { station }: KeytopContext): Promise<KeytopReply> {
  const { outcome, detail } = await station().devices.show(id, lines);
  if (outcome === 'done') return DONE;
  return notDone(outcome === 'refused' ? `显示屏没有显示：${detail}` : `显示屏没有应答，结果未知：${detail}`);
}
