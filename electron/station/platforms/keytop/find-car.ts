import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { KeytopContext } from './context.ts';
import { plateOf } from './fields.ts';
import { laneOfDevice } from './places.ts';

/** Which car a request means: by its plate, by its card or ticket, or as the one that stands at an exit (三选一, G30). */

type Needed = Pick<KeytopContext, 'settings' | 'station'>;

/** The stay of the car, or in words why none is meant. */
type CarFound = { readonly stay: Stay } | { readonly refused: string; readonly absent?: boolean };

interface CarKeys {
  /** Already as the house spells plates. */
  readonly plateNo: string;
  readonly cardNo: string;
  readonly deviceCode?: string | undefined;
}

/** The first key of the settings that says something counts, and no other. */
export function findCar({ plateNo, cardNo, deviceCode = '' }: CarKeys, context: Needed): CarFound {
  // A car without a plate is told upward with these words in the plate's place, and named so in return.
  const words = normalisePlateText(context.settings.unlicensedPlate);
  for (const key of context.settings.readings.carKeys) {
    if (key === 'plateNo' && plateNo !== '' && plateNo !== words) return insideByPlate(plateNo, context);
    if (key === 'cardNo' && cardNo !== '') return insideByCard(cardNo, context);
    if (key === 'deviceCode' && deviceCode !== '') return standingAt(deviceCode, context);
  }
  return { refused: plateNo === '' ? '车牌号、卡号不能都为空' : '无牌车请提供卡号' };
}

const ABSENT: CarFound = { refused: '没有在场记录', absent: true };

/** The car inside with this plate; where only the province is missing, the one car that has the rest (G28). */
function insideByPlate(plate: string, { settings, station }: Needed): CarFound {
  const { stays } = station().read;
  const exact = stays.inside(plate);
  if (exact) return { stay: exact };
  if (!settings.plateWithoutProvince || !/^[A-Z]/.test(plate)) return ABSENT;
  const [only, other] = stays.insideTexts().filter((each) => each.plate.slice(1) === plate);
  if (other !== undefined) return { refused: '车牌缺少省份汉字，且有多辆车相符，请提供完整车牌' };
  const stay = only && stays.get(only.uid);
  return stay ? { stay } : ABSENT;
}

/** The car inside that goes by this number: its driver scanned it, or was given it on a ticket. */
function insideByCard(cardNo: string, { station }: Needed): CarFound {
  const stay = station().read.stays.insideIdentity(cardNo);
  return stay ? { stay } : ABSENT;
}

/** The recognised car with a plate that stands at this exit; never one that is only taken for a car inside. */
function standingAt(deviceCode: string, context: Needed): CarFound {
  const found = laneOfDevice(deviceCode, undefined, context);
  if ('refused' in found) return found;
  const { lanes, read } = context.station();
  const { lane } = found;
  if (lanes.directionOf(lane) !== 'out') return { refused: `${lane.name} 不是出口` };
  const passage = lanes.standing(lane.id);
  if (!passage || lanes.state(lane.id).phase === 'idle') return { refused: '出口没有车辆' };
  const stay = passage.uid === null ? undefined : read.stays.get(passage.uid);
  const isRecognised = stay !== undefined && !passage.guessed && plateOf(stay) === passage.plate.text;
  if (isRecognised && passage.plate.text !== '') return { stay };
  return { refused: passage.identity === null ? '出口车辆未正确识别或没有在场记录' : '无牌车请提供卡号' };
}
