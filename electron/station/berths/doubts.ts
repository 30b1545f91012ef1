import type { Berth, BerthState } from '../../../shared/domain/berth.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { isDoubtful, type Observation } from './words.ts';

/** So often in a row, and a person is told. */
const TOLD_AT = 2;

/** A device that contradicts what is known and is not believed goes on saying so: then somebody has to go and look. */
export class Doubts {
  readonly #alarms: Alarms;
  readonly #standing = new Map<string, { readonly deviceId: string | null; readonly times: number }>();

  constructor(alarms: Alarms) {
    this.#alarms = alarms;
  }

  /** @param state before it was told */
  note({ id, code }: Pick<Berth, 'id' | 'code'>, state: BerthState, seen: Observation): void {
    const known = this.#standing.get(id);
    const { deviceId } = seen;
    if (!isDoubtful(state, seen)) {
      if (known && (deviceId === null || deviceId === known.deviceId)) this.forget({ id, code });
      return;
    }
    const times = known?.deviceId === deviceId ? known.times + 1 : 1;
    this.#standing.set(id, { deviceId, times });
    if (times < TOLD_AT) return;
    const told = seen.occupied ? '有车' : '空闲';
    this.#alarms.raise({
      ...{ code: 'berth-not-believed', subject: code, severity: 'warning', figures: { berth: code } },
      detail: `泊位 ${code}：设备上报“${told}”，与已知状态不符且早于已知时间，未采信，请到现场核实`,
    });
  }

  forget({ id, code }: Pick<Berth, 'id' | 'code'>): void {
    if (this.#standing.delete(id)) this.#alarms.clear('berth-not-believed', code);
  }
}
