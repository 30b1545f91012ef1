import type { Lane } from '../../../../shared/domain/site.ts';
import type { CmbSettings } from './config.ts';
import { gateOf, mayServe } from './fields.ts';

type Fault = readonly [path: readonly string[], message: string];

/**
 * Numbers of entries and exits that do not tell lanes apart (FAQ 6.8). The bank names a car at an exit by nothing but that number, so
 * with one number at two exits a driver would pay for the car at the other, and the wrong arm would open.
 */
export function gateFaults(settings: CmbSettings, lanes: readonly Lane[]): readonly Fault[] {
  const unknown = Object.keys(settings.codes.gates).filter((id) => !lanes.some((lane) => lane.id === id));
  return [
    ...unknown.map((id): Fault => [['codes', 'gates', id], `no lane "${id}"`]),
    ...lanes.flatMap((lane, index) => twice(lane, lanes.slice(0, index), settings)),
  ];
}

function twice(lane: Lane, before: readonly Lane[], settings: CmbSettings): Fault[] {
  const number = gateOf(lane, settings);
  if (number === undefined) return [];
  for (const direction of ['in', 'out'] as const) {
    const other = before.find(
      (each) => mayServe(lane, direction) && mayServe(each, direction) && gateOf(each, settings) === number,
    );
    const way = direction === 'in' ? 'entry' : 'exit';
    if (other) return [[['codes', 'gates', lane.id], `${number} is the number of ${way} "${other.id}" as well`]];
  }
  return [];
}
