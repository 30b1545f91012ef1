import type { Berth } from '../../../shared/domain/berth.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Site } from '../../../shared/domain/site.ts';
import { type EpochMs, shanghaiDateTime } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { isReadable } from '../lanes/rules.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Act } from './carry-out.ts';
import type { BerthRuntime } from './runtime.ts';
import type { Observation } from './words.ts';

/** Clocks of people's own devices are a little ahead. */
const AHEAD_MS = 5_000;

export interface Sighting {
  readonly berthId: string;
  readonly occupied: boolean;
  readonly at: EpochMs;
  readonly plate: Plate | null;
  readonly vehicleClass: VehicleClass | undefined;
  readonly reason: string | undefined;
}

export interface Identification {
  readonly berthId: string;
  readonly uid: string;
  readonly plate: Plate;
  readonly vehicleClass: VehicleClass | undefined;
}

export interface KerbDeskDeps {
  readonly berths: BerthRuntime;
  readonly read: Repositories;
  readonly clock: Clock;
  readonly site: Pick<Site, 'rules'>;
}

/** What people on the spot say of the berths. Their word counts at once, and is refused only where it cannot be so. */
export class KerbDesk {
  readonly #deps: KerbDeskDeps;

  constructor(deps: KerbDeskDeps) {
    this.#deps = deps;
  }

  observe(seen: Sighting, actor: Actor): void {
    const { berths, clock } = this.#deps;
    const berth = this.#berth(seen.berthId);
    if (!berth.inUse) throw new ConflictError('berth-out-of-use', `泊位 ${berth.code} 已停用`);
    const now = clock.now();
    this.#demandMoment(seen.at, now);
    // What was due by now is no longer a matter of opinion.
    berths.look(berth.id);
    const state = berths.state(berth.id);
    const plate = seen.plate && isReadable(seen.plate) ? this.#free(seen.plate, state.uid) : null;
    const told: Observation = {
      ...{ source: 'person', deviceId: null, occupied: seen.occupied, at: Math.min(seen.at, now), heardAt: now },
      ...{ timed: true, sequence: null, plate, vehicleClass: seen.vehicleClass ?? null },
    };
    const act: Act = { actor, photo: null, reason: seen.reason ?? null };
    if (state.occupied === seen.occupied) this.#confirm(berth, told, act);
    else {
      if (state.since !== null && told.at < state.since)
        throw new ConflictError(
          'before-known',
          `泊位 ${berth.code} 自 ${shanghaiDateTime(state.since)} 起${state.occupied ? '有车' : '空闲'}，时间不能更早`,
        );
      berths.observe(berth, told, act);
    }
    berths.look(berth.id);
  }

  /** It is known already. Said again it is certain, and nothing is waited for any more. */
  #confirm(berth: Berth, told: Observation, act: Act): void {
    const { berths } = this.#deps;
    const state = berths.state(berth.id);
    if (!told.occupied && state.uid === null) throw new ConflictError('berth-free', `泊位 ${berth.code} 已是空位`);
    if (told.occupied && berths.stay(state)) throw new ConflictError('berth-taken', `泊位 ${berth.code} 已有在场车辆`);
    const since = state.since ?? told.at;
    if (told.occupied && state.uid !== null) berths.replace(berth, { ...told, at: Math.max(told.at, since) }, act);
    else berths.observe(berth, { ...told, at: since }, act);
  }

  identify({ berthId, uid, plate, vehicleClass }: Identification, actor: Actor): void {
    const { berths } = this.#deps;
    const berth = this.#berth(berthId);
    const stay = berths.stay(berths.state(berthId));
    if (stay?.uid !== uid) throw new ConflictError('other-car', '泊位上已不是这辆车，请核对后重试');
    if (!isReadable(plate)) throw new ConflictError('plate-empty', '车牌不能为空');
    const named = this.#free(plate, uid);
    const color = named.color === 'unknown' ? stay.plate.color : named.color;
    const same = named.text === stay.plate.text && color === stay.plate.color;
    if (same && (vehicleClass ?? stay.vehicleClass) === stay.vehicleClass)
      throw new ConflictError('nothing-changed', '没有需要更正的内容');
    berths.identify(berth, { plate: named, vehicleClass: vehicleClass ?? null }, { actor, photo: null, reason: null });
  }

  #berth(id: string): Berth {
    const berth = this.#deps.read.berths.get(id);
    if (!berth) throw new NotFoundError('没有这个泊位');
    return berth;
  }

  #demandMoment(at: EpochMs, now: EpochMs): void {
    const { backdateMinutes } = this.#deps.site.rules.kerbside;
    if (at > now + AHEAD_MS) throw new ConflictError('in-the-future', '时间不能晚于当前时间');
    if (at < now - backdateMinutes * 60_000)
      throw new ConflictError('too-long-ago', `最多只能补报 ${backdateMinutes} 分钟以内的时间`);
  }

  /** A plate that stands for no other car inside: which of the two it is, a person must find out first. */
  #free(plate: Plate, uid: string | null): Plate {
    if (!/^[\p{L}\p{N}]+$/u.test(plate.text)) throw new ConflictError('plate-odd', '车牌只能由汉字、字母和数字组成');
    const other = this.#deps.read.stays.inside(plate.text);
    if (!other || other.uid === uid) return plate;
    const where = other.berth ? `停在泊位 ${other.berth.code}` : '有在场记录';
    throw new ConflictError('already-inside', `${plate.text} 已${where}，请先处理那条记录`);
  }
}
