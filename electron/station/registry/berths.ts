import type { Berth, BerthSide } from '../../../shared/domain/berth.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import type { RegistryChange } from '../../../shared/domain/registry.ts';
import type { DeviceConfig } from '../../../shared/domain/site.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Store, Tx } from '../store/store.ts';
import { because, by, type RegistryDeps, type RowOutcome, sameContent } from './common.ts';

const HIGHEST_NUMBER = 9999;

/** What may be said of a berth; what is absent stays as it is. */
export interface BerthChange {
  readonly code?: string | undefined;
  readonly number?: number | undefined;
  readonly areaId?: string | undefined;
  readonly road?: string | undefined;
  readonly side?: BerthSide | undefined;
  readonly position?: number | undefined;
  readonly sensor?: string | null | undefined;
  readonly camera?: string | null | undefined;
  readonly inUse?: boolean | undefined;
}

export type NewBerth = BerthChange & { readonly code: string; readonly areaId: string };

type Read = Pick<Repositories, 'berths' | 'berthStates' | 'stays'>;

export interface BerthsDeps extends RegistryDeps {
  readonly areas: readonly { readonly id: string; readonly name?: string }[];
  readonly devices?: readonly Pick<DeviceConfig, 'id' | 'kind'>[];
}

/** 泊位登记. Codes are known to cities and painted on the ground, numbers go into the uid of every stay: both stand once. */
export class Berths {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ids: Ids;
  /** Name by id. */
  readonly #areas: ReadonlyMap<string, string>;
  readonly #kindOf: ReadonlyMap<string, DeviceConfig['kind']>;
  #importing = false;

  constructor(deps: BerthsDeps) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#ids = deps.ids;
    this.#areas = new Map(deps.areas.map(({ id, name = id }) => [id, name]));
    this.#kindOf = new Map((deps.devices ?? []).map(({ id, kind }) => [id, kind]));
  }

  /** While rows of a file come in, nobody else changes the register: a row that was fine when compared must not fail midway. */
  importing(on: boolean): void {
    this.#importing = on;
  }

  /** The id of an area by its id or, where only one has it, its name. */
  areaNamed(text: string): string | undefined {
    if (this.#areas.has(text)) return text;
    const found = [...this.#areas].filter(([, name]) => name === text);
    return found.length === 1 ? found[0]?.[0] : undefined;
  }

  /** What {@link areaNamed} finds it by. */
  titleOfArea(id: string): string {
    const name = this.#areas.get(id) ?? id;
    return this.areaNamed(name) === id ? name : id;
  }

  add(berth: NewBerth, actor: Actor): Berth {
    this.#refuseWhileImporting();
    return this.#store.write((tx) => this.putIn(tx, undefined, berth, actor).berth);
  }

  update(id: string, change: BerthChange, actor: Actor): Berth {
    this.#refuseWhileImporting();
    return this.#store.write((tx) => this.putIn(tx, this.#known(tx, id), change, actor).berth);
  }

  /** @throws ConflictError while a car is in it. */
  remove(id: string, actor: Actor, reason?: string): void {
    this.#refuseWhileImporting();
    this.#store.write((tx) => {
      const berth = this.#known(tx, id);
      this.#demandEmpty(tx, berth, '不能删除');
      tx.record({ kind: 'berth-changed', ...by(actor), body: { change: 'removed', berth, ...because(reason) } });
    });
  }

  /** Puts a berth within a transaction; `change` is null when nothing changed. */
  putIn(
    tx: Tx,
    existing: Berth | undefined,
    change: BerthChange,
    actor: Actor,
  ): { readonly berth: Berth; readonly change: Exclude<RegistryChange, 'removed'> | null } {
    const berth = this.#berthOf(tx, existing, change);
    if (existing && sameContent(existing, berth)) return { berth: existing, change: null };
    const how = existing ? 'updated' : 'added';
    tx.record({ kind: 'berth-changed', ...by(actor), body: { change: how, berth } });
    return { berth, change: how };
  }

  /** What putting it would do. @throws ConflictError where it cannot be put. */
  compare(read: Read, existing: Berth | undefined, change: BerthChange): RowOutcome {
    const berth = this.#berthOf(read, existing, change);
    return existing ? (sameContent(existing, berth) ? 'unchanged' : 'updated') : 'added';
  }

  #berthOf(read: Read, existing: Berth | undefined, change: BerthChange): Berth {
    const code = change.code ?? existing?.code ?? '';
    if (code === '') throw new ConflictError('berth-code-empty', '泊位编号不能为空');
    const areaId = change.areaId ?? existing?.areaId ?? '';
    const number = change.number ?? existing?.number ?? nextNumber(read);
    const berth: Berth = {
      id: existing?.id ?? this.#ids.next('berth'),
      code,
      number,
      areaId,
      road: change.road ?? existing?.road ?? '',
      side: change.side ?? existing?.side ?? 'right',
      position: change.position ?? existing?.position ?? number,
      sensor: change.sensor === undefined ? (existing?.sensor ?? null) : change.sensor,
      camera: change.camera === undefined ? (existing?.camera ?? null) : change.camera,
      inUse: change.inUse ?? existing?.inUse ?? true,
      updatedAt: this.#clock.now(),
    };
    this.#demandFree(read, berth);
    this.#demandKnown(berth, existing);
    if (existing?.inUse && !berth.inUse) this.#demandEmpty(read, existing, '不能停用');
    return berth;
  }

  #demandFree(read: Read, { id, code, number }: Berth): void {
    const sameCode = read.berths.byCode(code);
    if (sameCode && sameCode.id !== id) throw new ConflictError('berth-code-taken', `泊位编号 ${code} 已登记`);
    const sameNumber = read.berths.byNumber(number);
    if (sameNumber && sameNumber.id !== id)
      throw new ConflictError('berth-number-taken', `序号 ${number} 已属于泊位 ${sameNumber.code}`);
  }

  /** What the berth names already may stay, although it went from the settings since: whoever edits the road need not mend that. */
  #demandKnown(berth: Berth, existing: Berth | undefined): void {
    const { areaId, sensor, camera } = berth;
    if (areaId !== existing?.areaId && !this.#areas.has(areaId))
      throw new ConflictError('berth-area-unknown', `没有路段（区域）“${areaId}”`);
    const sensorUnfit = sensor !== existing?.sensor && this.#unfit(sensor, 'berth-sensor', '地磁');
    if (sensorUnfit) throw new ConflictError('sensor-unfit', sensorUnfit);
    const cameraUnfit = camera !== existing?.camera && this.#unfit(camera, 'berth-camera', '视频');
    if (cameraUnfit) throw new ConflictError('camera-unfit', cameraUnfit);
  }

  /** Why a device cannot tell of a berth; undefined: it can. */
  #unfit(id: string | null, kind: DeviceConfig['kind'], title: string): string | undefined {
    if (id === null) return undefined;
    const actual = this.#kindOf.get(id);
    if (actual === kind) return undefined;
    return actual === undefined ? `没有设备“${id}”` : `设备“${id}”不是泊位${title}设备`;
  }

  /** A berth out of use begins no stay, so that what a stuck sensor says of it keeps nobody from taking it off. */
  #demandEmpty(read: Read, berth: Berth, what: string): void {
    const { occupied, uid } = read.berthStates.get(berth.id);
    const stay = uid === null ? undefined : read.stays.get(uid);
    if (stay?.status === 'inside' || (berth.inUse && occupied === true))
      throw new ConflictError('berth-occupied', `泊位 ${berth.code} 内有车，${what}；请先登记车辆离开`);
  }

  #known(read: Read, id: string): Berth {
    const berth = read.berths.get(id);
    if (!berth) throw new NotFoundError('没有这个泊位');
    return berth;
  }

  #refuseWhileImporting(): void {
    if (this.#importing) throw new ConflictError('berths-importing', '正在导入泊位，请稍后再试');
  }
}

/** After the last one, so that the number of a berth that is gone is not another's as long as there are others. */
function nextNumber(read: Read): number {
  const last = read.berths.lastNumber();
  if (last < HIGHEST_NUMBER) return last + 1;
  const taken = new Set(read.berths.all().map(({ number }) => number));
  for (let number = 1; number <= HIGHEST_NUMBER; number++) if (!taken.has(number)) return number;
  throw new ConflictError('register-full', `最多登记 ${HIGHEST_NUMBER} 个泊位`);
}
