import type { Actor } from '../../../shared/domain/events.ts';
import { classifyPlate, normalisePlateText } from '../../../shared/domain/plates.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';

/** What every service of the registry needs. */
export interface RegistryDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The frame of an event that no lane and no passage belongs to. */
export const by = (actor: Actor, key: string | null = null) => ({ key, laneId: null, passageId: null, actor }) as const;

/** What a person said about a change, as its event carries it. */
export const because = (reason: string | undefined): { readonly reason?: string } =>
  reason === undefined || reason === '' ? {} : { reason };

/** A plate as it is compared. Unlike at a lane, nothing that cannot be one is taken into a list. */
export function plateText(typed: string): string {
  const plate = normalisePlateText(typed);
  if (plate === '' || classifyPlate(plate) === 'none') throw new ConflictError('plate-empty', '车牌不能为空');
  if (plate.length > 16) throw new ConflictError('plate-too-long', '车牌不能超过 16 个字符');
  if (!/^[\p{L}\p{N}]+$/u.test(plate)) throw new ConflictError('plate-odd', '车牌只能由汉字、字母和数字组成');
  return plate;
}

/** Each plate once, in the order given. */
export const plateTexts = (typed: readonly string[]): string[] => [...new Set(typed.map(plateText))];

/** From now on, to the second, as tables write it: what was exported is the same when it is read again. */
export const fromNow = (clock: Clock): EpochMs => Math.floor(clock.now() / 1000) * 1000;

export function demandSpan(from: EpochMs, to: EpochMs): void {
  if (to < from) throw new ConflictError('validity-reversed', '有效期结束时间早于开始时间');
}

/** Says two documents the same, whoever wrote them last? A repeated notice must change nothing and tell nobody. */
export function sameContent<T extends { readonly source?: string; readonly updatedAt: number }>(a: T, b: T): boolean {
  const bare = ({ source: _source, updatedAt: _updatedAt, ...rest }: T): string =>
    JSON.stringify(Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1)));
  return bare(a) === bare(b);
}

/** `given` unless it is absent. */
export const or = <T>(given: T | undefined, otherwise: T): T => (given === undefined ? otherwise : given);

/** What putting a document would do, or did. */
export type RowOutcome = 'added' | 'updated' | 'unchanged';
