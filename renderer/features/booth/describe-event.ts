import type { EventView } from '../../../shared/contract/journal.ts';
import { attentionSchema } from '../../../shared/contract/lanes.ts';
import { type EventBody, type EventKind, eventBodies } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { formatDuration, formatMoney } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { platformName } from '../../lib/platform-name.ts';
import { alarmText } from './alarm-text.ts';

/** The state colours of the booth: `call` wanted a person, `stop` was a fault. The sentence itself says the same. */
export type EventTone = 'plain' | 'call' | 'stop';
export interface EventText {
  readonly text: string;
  readonly tone: EventTone;
}

/** What staff call a device, from its id. */
export type DeviceName = (deviceId: string) => string;

interface Words {
  readonly t: Translate;
  readonly language: Language;
  readonly actor: EventView['actor'];
  readonly device: DeviceName;
}

type Teller<K extends EventKind> = (body: EventBody<K>, words: Words) => string | EventText;

const name = ({ t }: Words, plate: Plate): string =>
  plate.text !== '' ? plate.text : t(plate.kind === 'none' ? 'plate.none' : 'plate.unread');
const because = ({ t }: Words, reason: string | null): string => reason || t('event.noReason');
const platform = (id: string, { t }: Words): string => platformName(id, t);
const call = (text: string): EventText => ({ text, tone: 'call' });
const stop = (text: string): EventText => ({ text, tone: 'stop' });

const tellers: { readonly [K in EventKind]: Teller<K> } = {
  'plate-read': (b, w) => w.t(b.stored ? 'event.plateReadStored' : 'event.plateRead', { plate: name(w, b.plate) }),
  'vehicle-entered': (b, w) =>
    w.t(b.how === 'by-hand' ? 'event.enteredByHand' : 'event.entered', { plate: name(w, b.stay.plate) }),
  'vehicle-exited': (b, w) => {
    const plate = name(w, b.stay.plate);
    switch (b.how) {
      case 'free':
        return w.t('event.exitedFree', { plate });
      case 'whitelist':
        return w.t('event.exitedWhitelist', { plate });
      case 'paid':
        return w.t('event.exitedPaid', { plate, amount: formatMoney(b.stay.paidFen) });
      case 'released':
        return call(
          w.t(b.stay.chargeFen > b.stay.paidFen ? 'event.exitedReleased' : 'event.exitedReleasedUnbilled', {
            plate,
            amount: formatMoney(b.stay.chargeFen - b.stay.paidFen),
            reason: because(w, b.reason),
          }),
        );
    }
  },
  'stay-closed': (b, w) => w.t('event.stayClosed', { plate: name(w, b.stay.plate), reason: b.reason }),
  'bill-paid': (b, w) =>
    w.t('event.paid', {
      plate: name(w, b.stay.plate),
      amount: formatMoney(b.paidFen),
      method: w.t(`event.method.${b.method}`),
    }),
  'photo-taken': (_b, w) => w.t('event.photo'),
  'plate-corrected': (b, w) => w.t('event.corrected', { before: name(w, b.before), after: name(w, b.after) }),
  'passage-waiting': (b, w) => {
    const known = attentionSchema.safeParse(b.reason);
    const reason = known.success ? w.t(`attention.${known.data}.title`) : b.reason;
    return call(
      b.plate.text === ''
        ? w.t('event.waitingUnread', { reason })
        : w.t('event.waiting', { plate: name(w, b.plate), reason }),
    );
  },
  'passage-ended': (b, w) => w.t('event.ended', { plate: name(w, b.plate), how: w.t(`event.how.${b.how}`) }),
  'gate-commanded': (b, w) => {
    const action = w.t(`lane.action.${b.action}`);
    if (b.origin === 'manual') return call(w.t('event.gateManual', { action, reason: because(w, b.reason) }));
    return b.origin === 'platform' ? call(w.t('event.gatePlatform', { action })) : w.t('event.gate', { action });
  },
  'gate-answered': (b, w) => {
    if (b.outcome === 'done') return w.t('event.gateDone');
    return stop(w.t(b.outcome === 'refused' ? 'event.gateRefused' : 'event.gateUnknown', { detail: b.detail }));
  },
  'list-changed': (b, w) =>
    w.t('event.listChanged', {
      list: w.t(`event.list.${b.entry.list}`),
      change: w.t(`event.change.${b.change}`),
      plate: b.entry.plate,
    }),
  'device-state': (b, w) =>
    b.state === 'online'
      ? w.t('event.deviceOnline', { device: w.device(b.deviceId) })
      : stop(w.t('event.deviceOffline', { device: w.device(b.deviceId) })),
  'lane-input': (b, w) => w.t('event.input', { role: b.role, state: w.t(b.on ? 'event.on' : 'event.off') }),
  alarm: (b, w) => {
    const text = w.t(b.cleared ? 'event.alarmCleared' : 'event.alarm', { detail: alarmText(b, w.t, w.device).text });
    return b.cleared || b.severity === 'info' ? text : b.severity === 'alarm' ? stop(text) : call(text);
  },
  'message-retried': (b, w) => w.t('event.retried', { platform: platform(b.platform, w), id: b.outboxId }),
  'message-discarded': (b, w) =>
    w.t('event.discarded', { platform: platform(b.platform, w), id: b.outboxId, reason: b.reason }),
  'signed-in': (_b, w) => w.t('event.signedIn', { name: w.actor.name }),
  'sign-in-refused': (b, w) => call(w.t('event.signInRefused', { name: b.name })),
  'user-created': (b, w) => w.t('event.userCreated', { name: b.name }),
  'evidence-exported': (_b, w) => w.t('event.evidenceExported', { name: w.actor.name }),
  'config-applied': (_b, w) => w.t('event.config'),
  'station-started': (b, w) =>
    b.previous === 'crashed'
      ? stop(
          w.t('event.startedAfterCrash', { duration: formatDuration(Math.ceil((b.downMs ?? 0) / 60_000), w.language) }),
        )
      : w.t('event.started'),
  'station-stopped': (_b, w) => w.t('event.stopped'),
  'clock-jumped': (b, w) => call(w.t('event.clockJumped', { seconds: Math.round(b.byMs / 1000) })),
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

/** A device that goes away raises an alarm as well, which is told; that it is there at all is no news. */
const routine = new Set(['plate-read', 'photo-taken', 'lane-input', 'device-state', 'signed-in', 'bill-paid']);

/** What the machines do all day and nobody needs to read: shown only on demand. */
export function isRoutine(event: EventView): boolean {
  if (routine.has(event.kind)) return true;
  if (event.kind === 'passage-ended') return ['passed', 'next-car', 'closed'].includes(String(event.body['how']));
  if (event.kind === 'gate-answered') return event.body['outcome'] === 'done';
  return event.kind === 'gate-commanded' && ['decision', 'payment', 'released'].includes(String(event.body['origin']));
}
