import type { Attention, Warning } from '../../../shared/contract/lanes.ts';
import { leftOver, spokenDuration, spokenYuan, type Values } from '../../../shared/domain/announcement-fill.ts';
import {
  type AnnouncedVehicle,
  type AnnouncementEvent,
  vehicleOfCard,
} from '../../../shared/domain/announcement-text.ts';
import type { EventBody } from '../../../shared/domain/events.ts';
import { toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Card } from '../../../shared/domain/registry.ts';
import type { LaneDirection } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Terms } from '../../../shared/domain/terms.ts';
import { type EpochMs, shanghaiWallClock } from '../../../shared/domain/time.ts';
import { isReadable } from '../lanes/rules.ts';
import { type LaneState, type Passage, raisedByHand } from '../lanes/state.ts';

/** What a lane has to tell the car that stands there, read off the state of the lane. Pure. */

export interface LaneFacts {
  readonly state: LaneState;
  readonly direction: LaneDirection;
  readonly now: EpochMs;
  /** The stay of the present car, as it is now. */
  readonly stay: Stay | null;
  /** How the present car's stay ended, where that was heard of. */
  readonly how: EventBody<'vehicle-exited'>['how'] | null;
  /** The card of the present car, whether it stands on it or not. */
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
/** A card that lasts longer has no end that anybody counts the days to. */
const MOST_DAYS = 3650;

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
  'card-surplus': 'card-spaces-taken',
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
  ['card-suspended', 'card-suspended'],
  ['card-expired', 'card-expired'],
  ['card-used-up', 'card-used-up'],
  ['card-surplus', 'card-surplus'],
  ['card-expires-soon', 'card-expires-soon'],
];

const OF_CARD_ATTENTION: ReadonlySet<Attention> = new Set(['card-expired', 'card-surplus']);

/** The card that a car came with; null: none, or nobody can say which of several. */
export function cardAt(
  { passage }: Pick<LaneState, 'passage'>,
  stay: Stay | null,
  cards: { readonly get: (id: string) => Card | undefined; readonly ofPlate: (plate: string) => readonly Card[] },
): Card | null {
  const terms = passage?.terms ?? stay?.terms;
  if (terms?.id && terms.cardType !== null) return cards.get(terms.id) ?? null;
  // Stopped for its card, it has no terms yet.
  if (!passage?.attention || !OF_CARD_ATTENTION.has(passage.attention)) return null;
  const [card, another] = cards.ofPlate(passage.plate.text);
  return card && !another ? card : null;
}

/** Null: there is nobody to tell anything. */
export function tell(facts: LaneFacts): Told | null {
  const { passage } = facts.state;
  const event = passage && eventOf(passage, facts);
  if (!passage || !event) return null;
  const values = valuesOf(passage, facts);
  return {
    event,
    vehicle: vehicleOf(passage, event, facts),
    values,
    // Another amount, or another opening by hand, is something else to be told; a minute more is not.
    key: `${passage.id} ${event} ${(event === 'released' ? raisedByHand(facts.state)?.id : values.fee) ?? ''}`,
    passageId: passage.id,
    // Who was opened for by hand drives off, and often nobody tells that it did.
    stays: facts.state.phase !== 'cleared' && event !== 'released',
  };
}

/** What is told while nobody is told anything. */
export const idleEvent = (state: LaneState, direction: LaneDirection): AnnouncementEvent =>
  state.held || raisedByHand(state)?.held ? 'held-open' : direction === 'in' ? 'idle-in' : 'idle-out';

function eventOf(passage: Passage, facts: LaneFacts): AnnouncementEvent | null {
  const { phase } = facts.state;
  if (phase === 'idle') return null;
  if (phase === 'cleared') return clearedEvent(passage, facts);
  const up = upByHand(passage, facts.state);
  if (up) return up;
  if (phase === 'charging') return 'exit-due';
  if (passage.attention) return OF_ATTENTION[passage.attention];
  return phase === 'attention' ? 'waiting' : phase;
}

/** Nobody decided about the car, and the arm is up before it all the same: no display says that it must not go. */
function upByHand({ id }: Passage, state: LaneState): AnnouncementEvent | null {
  const raised = raisedByHand(state);
  if (raised?.held) return 'held-open';
  return raised?.passageId === id ? 'released' : null;
}

function clearedEvent(passage: Passage, { state, direction, how, stay }: LaneFacts): AnnouncementEvent {
  const { lastCommand } = state;
  const own = lastCommand?.passageId === passage.id && lastCommand.action === 'open' ? lastCommand : null;
  if (own && (own.outcome === 'refused' || own.outcome === 'unknown')) return 'gate-trouble';
  // Out of an inner area: its stay goes on.
  if (direction === 'out' && how === null && stay?.status === 'inside') return 'inner-exit';
  const ended = direction === 'out' ? OF_EXIT[how ?? 'free'] : 'entry-welcome';
  if (ended !== 'entry-welcome' && how !== 'covered') return ended;
  return OF_WARNING.find(([warning]) => passage.warnings.includes(warning))?.[1] ?? ended;
}

function vehicleOf(passage: Passage, event: AnnouncementEvent, { stay, card }: LaneFacts): AnnouncedVehicle {
  if (!isReadable(passage.plate) && passage.identity === null) return 'unread';
  if (passage.attention === 'blacklisted' || passage.warnings.includes('listed')) return 'listed';
  const terms = passage.terms ?? stay?.terms;
  const isOfCard = terms?.kind === 'card' || OF_CARDS.has(event);
  const type = terms?.cardType ?? card?.type;
  if (isOfCard) return type ? vehicleOfCard(type) : 'card';
  return OF_TERMS[terms?.kind ?? 'temporary'];
}

/** These are about the card of the car, though it does not stand on it. */
const OF_CARDS: ReadonlySet<AnnouncementEvent> = new Set([
  ...OF_WARNING.map(([, event]) => event),
  ...(['card-refused', 'card-spaces-taken'] as const),
]);

const OF_TERMS: Readonly<Record<Terms['kind'], AnnouncedVehicle>> = {
  temporary: 'temporary',
  whitelist: 'free',
  free: 'free',
  card: 'card',
  booking: 'booking',
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
    ...(card && leftOn(card, now)),
  };
}

/** Only what a card of its type is used up by, and the days where they end. */
function leftOn({ type, validTo, balanceFen, timesLeft, minutesLeft }: Card, now: EpochMs): Values {
  const days = Math.max(0, Math.ceil((validTo - now) / DAY_MS));
  return {
    days: days <= MOST_DAYS ? String(days) : undefined,
    balance: type === 'stored-value' ? leftOver(balanceFen / 100) : undefined,
    times: type === 'counted' ? String(timesLeft) : undefined,
    hours: type === 'hours' ? leftOver(minutesLeft / 60) : undefined,
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
