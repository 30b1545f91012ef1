import type { Attention, Warning } from '../../../shared/contract/lanes.ts';
import { spokenDuration, spokenYuan, type Values } from '../../../shared/domain/announcement-fill.ts';
import type { AnnouncedVehicle, AnnouncementEvent } from '../../../shared/domain/announcement-text.ts';
import type { EventBody } from '../../../shared/domain/events.ts';
import { toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Card } from '../../../shared/domain/registry.ts';
import type { LaneDirection } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Terms } from '../../../shared/domain/terms.ts';
import { type EpochMs, shanghaiWallClock } from '../../../shared/domain/time.ts';
import { isReadable } from '../lanes/rules.ts';
import type { LaneState, Passage } from '../lanes/state.ts';

/** What a lane has to tell the car that stands there, read off the state of the lane. Pure. */

export interface LaneFacts {
  readonly state: LaneState;
  readonly direction: LaneDirection;
  readonly now: EpochMs;
  /** The stay of the present car, as it is now. */
  readonly stay: Stay | null;
  /** How the present car's stay ended, where that was heard of. */
  readonly how: EventBody<'vehicle-exited'>['how'] | null;
  /** The card that the present car stands on. */
  readonly card: Card | null;
}

export interface Told {
  readonly event: AnnouncementEvent;
  readonly vehicle: AnnouncedVehicle;
  readonly values: Values;
  /** The same for as long as the same is told to the same car. */
  readonly key: string;
  readonly passageId: string;
  /** The car waits: it is told for as long as that lasts. */
  readonly stays: boolean;
}

const DAY_MS = 86_400_000;

const OF_ATTENTION: Readonly<Record<Attention, AnnouncementEvent>> = {
  'unread-plate': 'unread',
  unlicensed: 'unlicensed',
  'no-entry': 'no-entry',
  'near-match': 'checking',
  'seen-again': 'checking',
  blacklisted: 'refused',
  arrears: 'arrears',
  'lot-full': 'full',
  'card-expired': 'card-refused',
  'card-surplus': 'card-refused',
  'quota-full': 'full',
  'area-closed': 'closed',
  confirm: 'waiting',
  doubtful: 'checking',
  'amount-check': 'checking',
  'no-tariff': 'waiting',
  'fee-unknown': 'waiting',
  'clock-reversed': 'waiting',
  'remote-refused': 'remote-refused',
  'remote-silent': 'waiting',
};

const OF_EXIT: Readonly<Record<EventBody<'vehicle-exited'>['how'], AnnouncementEvent>> = {
  free: 'exit-free',
  whitelist: 'exit-free',
  covered: 'exit-free',
  paid: 'exit-paid',
  released: 'exit-free',
  remote: 'exit-free',
  debt: 'exit-owing',
  'departure-pay': 'exit-later',
  'held-open': 'held-open',
};

/** What is let in all the same, and told why its card does not count. The gravest first. */
const OF_WARNING: readonly (readonly [Warning, AnnouncementEvent])[] = [
  ['card-expired', 'card-expired'],
  ['card-surplus', 'card-surplus'],
  ['card-expires-soon', 'card-expires-soon'],
];

/** Null: there is nobody to tell anything. */
export function tell(facts: LaneFacts): Told | null {
  const { passage } = facts.state;
  const event = passage && eventOf(passage, facts);
  if (!passage || !event) return null;
  const values = valuesOf(passage, facts);
  return {
    event,
    vehicle: vehicleOf(passage, facts),
    values,
    // Another amount is something else to be told; a minute more is not.
    key: `${passage.id} ${event} ${values.fee ?? ''}`,
    passageId: passage.id,
    stays: facts.state.phase !== 'cleared',
  };
}

/** What is told while nobody is told anything. */
export const idleEvent = ({ held }: Pick<LaneState, 'held'>, direction: LaneDirection): AnnouncementEvent =>
  held ? 'held-open' : direction === 'in' ? 'idle-in' : 'idle-out';

function eventOf(passage: Passage, facts: LaneFacts): AnnouncementEvent | null {
  switch (facts.state.phase) {
    case 'idle':
      return null;
    case 'charging':
      return 'exit-due';
    case 'cleared':
      return clearedEvent(passage, facts);
    case 'asking':
      return passage.attention ? OF_ATTENTION[passage.attention] : 'asking';
    case 'pricing':
      return passage.attention ? OF_ATTENTION[passage.attention] : 'pricing';
    case 'attention':
      return passage.attention ? OF_ATTENTION[passage.attention] : 'waiting';
  }
}

function clearedEvent(passage: Passage, { state, direction, how }: LaneFacts): AnnouncementEvent {
  const { lastCommand } = state;
  const own = lastCommand?.passageId === passage.id && lastCommand.action === 'open' ? lastCommand : null;
  if (own && (own.outcome === 'refused' || own.outcome === 'unknown')) return 'gate-trouble';
  const ended = direction === 'out' ? OF_EXIT[how ?? 'free'] : 'entry-welcome';
  if (ended !== 'entry-welcome' && how !== 'covered') return ended;
  return OF_WARNING.find(([warning]) => passage.warnings.includes(warning))?.[1] ?? ended;
}

function vehicleOf(passage: Passage, { stay }: LaneFacts): AnnouncedVehicle {
  if (!isReadable(passage.plate) && passage.identity === null) return 'unread';
  if (passage.attention === 'blacklisted' || passage.warnings.includes('listed')) return 'listed';
  if (passage.attention === 'card-expired' || passage.attention === 'card-surplus') return 'card';
  return OF_TERMS[(passage.terms ?? stay?.terms)?.kind ?? 'temporary'];
}

const OF_TERMS: Readonly<Record<Terms['kind'], AnnouncedVehicle>> = {
  temporary: 'temporary',
  whitelist: 'free',
  free: 'free',
  card: 'card',
  booking: 'visitor',
  visitor: 'visitor',
};

function valuesOf(passage: Passage, { stay, card, now, state }: LaneFacts): Values {
  const { bill, payments, plate } = passage;
  const minutes = bill?.minutes ?? (stay ? Math.floor(((stay.exitedAt ?? now) - stay.enteredAt) / 60_000) : undefined);
  const feeFen = bill ? toPayFen(bill) : (stay?.owedFen ?? 0);
  const paidFen = payments.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return {
    plate: isReadable(plate) ? plate.text : undefined,
    fee: state.phase === 'charging' || feeFen > 0 ? spokenYuan(feeFen) : undefined,
    paid: paidFen > 0 ? spokenYuan(paidFen) : undefined,
    duration: minutes === undefined ? undefined : spokenDuration(minutes),
    minutes: minutes === undefined ? undefined : String(Math.max(0, minutes)),
    days: card ? String(Math.max(0, Math.ceil((card.validTo - now) / DAY_MS))) : undefined,
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** What is known at any time. */
export function placeValues(
  at: EpochMs,
  place: { readonly park: string; readonly lane: string; readonly free: number },
): Values {
  const { month, day, hour, minute } = shanghaiWallClock(at);
  return {
    free: String(place.free),
    time: `${two(hour)}:${two(minute)}`,
    date: `${month}月${day}日`,
    park: place.park,
    lane: place.lane,
  };
}
