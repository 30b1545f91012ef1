import type { BerthView } from '../../../shared/contract/berths.ts';
import type { Right } from '../../../shared/domain/rights.ts';
import { go } from '../../lib/route.ts';
import { may, type User } from '../../lib/station/session.ts';
import { kindOf } from './berth-state.ts';
import { type KerbDialog, useKerb } from './store.ts';

/** The keys are those of the booth where the act is the same. */
export const kerbKeys = {
  arrive: 'F2',
  leave: 'F4',
  plate: 'F5',
  stay: 'F8',
  next: 'F10',
  pay: 'F11',
} as const;

const rightOf: Record<KerbDialog['kind'], Right> = {
  identify: 'berth.observe',
  correct: 'berth.observe',
  arrive: 'berth.observe',
  leave: 'berth.observe',
  empty: 'berth.observe',
  pay: 'bill.prepay',
};

/** What can be done at a berth as it stands, by this person. */
export function possibleActs(berth: BerthView, user: User | null): ReadonlySet<KerbDialog['kind']> {
  const { car } = berth;
  const kind = kindOf(berth);
  const acts: KerbDialog['kind'][] = [];
  if (car !== null) acts.push(car.plate === '' ? 'identify' : 'correct', 'leave');
  if (car !== null && (car.dueFen ?? 0) > 0) acts.push('pay');
  if (kind === 'free' || kind === 'unknown' || kind === 'stray') acts.push('arrive');
  if (kind === 'unknown' || kind === 'stray') acts.push('empty');
  return new Set(acts.filter((act) => may(user, rightOf[act])));
}

const actsOfKey: Readonly<Record<string, readonly KerbDialog['kind'][]>> = {
  [kerbKeys.arrive]: ['arrive'],
  [kerbKeys.leave]: ['leave', 'empty'],
  [kerbKeys.plate]: ['identify', 'correct'],
  [kerbKeys.pay]: ['pay'],
};

export const isActKey = (key: string): boolean => actsOfKey[key] !== undefined;

export function openAct(berth: BerthView, kind: KerbDialog['kind']): void {
  useKerb.setState({ dialog: { kind, berthId: berth.id, uid: berth.car?.uid ?? null }, notice: null });
}

/** Opens what the key stands for at this berth; false: nothing of it is possible there. */
export function pressAct(berth: BerthView, key: string, user: User | null): boolean {
  const possible = possibleActs(berth, user);
  const kind = actsOfKey[key]?.find((each) => possible.has(each));
  if (kind) openAct(berth, kind);
  return kind !== undefined;
}

export const openStay = (uid: string): void => go('stays', { id: uid });
