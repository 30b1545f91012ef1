import type { Lane } from '../../../../shared/domain/site.ts';
import type { VankeSettings } from './config.ts';
import type { VankeContext } from './context.ts';
import { deviceNoOf, readerNoOf } from './fields.ts';

/** Whom the platform means with a number. */

type Needed = Pick<VankeContext, 'settings' | 'station'>;

/** Found, or why not, in words for the platform. */
type Found<T> = { readonly found: T } | { readonly why: string };

const UNKNOWN_DEVICE = '设备编号不存在';

/** The lane of a plate reader (车牌识别器编号). Two lanes of one number are neither: the wrong arm would open. */
export function laneOfReader(deviceNo: string, context: Needed): Found<Lane> {
  const { settings, station } = context;
  const lanes = station()
    .lanes.lanes()
    .filter((lane) => (['in', 'out'] as const).some((way) => readerNoOf(lane, way, settings) === deviceNo));
  return only(lanes, '设备编号对应多条车道');
}

type Fault = readonly [path: readonly string[], message: string];

/** Numbers that do not tell the readers of two lanes apart: what was meant for one arm would be refused at both. */
export function readerFaults(settings: VankeSettings, lanes: readonly Lane[]): readonly Fault[] {
  const numbers = (lane: Lane) => (['in', 'out'] as const).map((way) => readerNoOf(lane, way, settings));
  return lanes.flatMap((lane, index) => {
    const other = lanes.slice(0, index).find((each) => numbers(each).some((number) => numbers(lane).includes(number)));
    if (!other) return [];
    return [[['devices'], `lanes "${other.id}" and "${lane.id}" have a plate reader of the same number`]];
  });
}

/** The display of a number of its own, or the one at the lane of a plate reader or barrier. */
export function displayOf(deviceNo: string, context: Needed): Found<string> {
  const { settings, station } = context;
  const { lanes, devices } = station();
  const own = devices.states().filter(({ id, kind }) => kind === 'display' && deviceNoOf(id, settings) === deviceNo);
  if (own.length > 0) return only(new Set(own.map(({ id }) => id)), '设备编号对应多个显示屏');
  const there = lanes
    .lanes()
    .filter((lane) => [lane.id, ...devicesAt(lane)].some((id) => deviceNoOf(id, settings) === deviceNo));
  const displays = new Set(there.flatMap(({ display }) => display ?? []));
  if (there.length > 0 && displays.size === 0) return { why: '该车道没有显示屏' };
  return only(displays, '设备编号对应多个显示屏');
}

const devicesAt = ({ camera, exitCamera, barrier }: Lane): readonly string[] =>
  [camera, exitCamera, barrier].filter((id) => id !== undefined);

function only<T>(all: Iterable<T>, several: string): Found<T> {
  const [found, another] = all;
  if (found === undefined) return { why: UNKNOWN_DEVICE };
  return another === undefined ? { found } : { why: several };
}
