import { z } from 'zod';
import type { EventView } from '../../shared/contract/journal.ts';
import { type EventBody, type EventKind, eventBodies } from '../../shared/domain/events.ts';
import type { Translate } from '../lib/i18n/index.ts';
import type { Language } from '../lib/i18n/language.ts';
import { kerbTellers } from './tell/kerb.ts';
import { moneyTellers } from './tell/money.ts';
import { isAlone, passageTellers } from './tell/passage.ts';
import { peopleTellers } from './tell/people.ts';
import { registryTellers } from './tell/registry.ts';
import { stationTellers } from './tell/station.ts';
import type { DeviceName, EventText, Tellers, Words } from './tell/teller.ts';

/** Total over the vocabulary: a kind without words does not compile. */
const tellers: Tellers<EventKind> = {
  ...passageTellers,
  ...moneyTellers,
  ...registryTellers,
  ...peopleTellers,
  ...kerbTellers,
  ...stationTellers,
};

const isKind = (kind: string): kind is EventKind => Object.hasOwn(tellers, kind);

function tell<K extends EventKind>(kind: K, body: unknown, words: Words): EventText | undefined {
  const parsed = eventBodies[kind].safeParse(body);
  if (!parsed.success) return undefined;
  const told = tellers[kind](parsed.data as EventBody<K>, words);
  return typeof told === 'string' ? { text: told, tone: 'plain' } : told;
}

/** A row of the journal as a sentence. A kind or a shape that this version does not know is still shown, by its name. */
export function describeEvent(
  event: EventView,
  t: Translate,
  language: Language,
  device: DeviceName = (id) => id,
): EventText {
  const words = { t, language, actor: event.actor, device };
  const told = isKind(event.kind) ? tell(event.kind, event.body, words) : undefined;
  return told ?? { text: t('event.other', { kind: event.kind }), tone: 'plain' };
}

/**
 * Told by another row, or no news: a device that goes away raises an alarm, a bill is told by the payment and the exit, a
 * correction at the lane is told by the plate that changed.
 */
const routine = new Set<string>([
  'plate-read',
  'photo-taken',
  'lane-input',
  'device-state',
  'signed-in',
  'sign-in-ended',
  'screen-locked',
  'gate-crossed',
  'bill-issued',
  'bill-voided',
  'agreement-changed',
  'coupon-changed',
  'tariff-drafted',
  'tariff-cases-changed',
] satisfies EventKind[]);

/** Only what a person may have to look into; everything on the way there is the machines' business. */
const newsOfAttempts = new Set(['declined', 'unknown']);
const attemptSchema = z.object({ state: z.string(), kind: z.string() }).catch({ state: '', kind: '' });

/** What the machines do all day and nobody needs to read: shown only on demand. */
export function isRoutine({ kind, body, laneId, actor }: EventView): boolean {
  if (routine.has(kind)) return true;
  switch (kind) {
    case 'passage-ended':
      return ['passed', 'next-car', 'closed'].includes(String(body['how']));
    case 'gate-answered':
      return body['outcome'] === 'done';
    case 'gate-commanded':
      return (
        ['decision', 'payment', 'released'].includes(String(body['origin'])) && !isAlone(String(body['origin']), actor)
      );
    case 'receipt-printed':
      return body['automatic'] === true && body['outcome'] === 'done';
    case 'drawer-opened':
      return body['reason'] === null && body['outcome'] === 'done';
    case 'bill-paid':
      // The exit tells what was paid at the gate; what was paid elsewhere, or for an old debt, stands alone.
      return body['scene'] === 'gate';
    case 'attempt-changed': {
      const { state, kind: way } = attemptSchema.parse(body['attempt']);
      // A platform that was asked by itself and does not collect: so it is with most cars.
      return !newsOfAttempts.has(state) || (way === 'agreement' && state === 'declined');
    }
    case 'authority-answered':
      // Silence is news once, until the station gives up; what the platform says is written down only where its words change.
      return body['answer'] === 'failed' && body['attempt'] !== 1;
    case 'authority-told':
      return body['why'] === 'held';
    case 'debt-changed':
      // At a lane the exit tells who left owing what.
      return laneId !== null;
    case 'card-changed':
      return ['used', 'returned', 'imported'].includes(String(body['why']));
    default:
      return false;
  }
}
