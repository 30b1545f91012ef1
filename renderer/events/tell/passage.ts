import { attentionSchema } from '../../../shared/contract/lanes.ts';
import { formatMoney } from '../../lib/format.ts';
import { termsName } from '../terms-name.ts';
import { because, call, plateName, platform, stop, type Tellers, type Words } from './teller.ts';

type Kind =
  | 'plate-read'
  | 'vehicle-entered'
  | 'vehicle-exited'
  | 'area-crossed'
  | 'stay-corrected'
  | 'stay-closed'
  | 'photo-taken'
  | 'plate-corrected'
  | 'passage-waiting'
  | 'passage-approved'
  | 'car-identified'
  | 'passage-ended'
  | 'gate-commanded'
  | 'gate-answered'
  | 'authority-answered'
  | 'authority-told'
  | 'gate-refused'
  | 'gate-crossed'
  | 'followed-through'
  | 'direction-changed';

/** The name of what stopped a car; a newer station's own word for what this version does not know. */
function attentionName(reason: string, { t }: Words): string {
  const known = attentionSchema.safeParse(reason);
  return known.success ? t(`attention.${known.data}.title`) : reason;
}

function closedReason(reason: string, w: Words): string {
  if (reason === 'entered-again' || reason === 'turned-back') return w.t(`event.closed.${reason}`);
  return because(w, reason);
}

/** Of `…远程开闸（强制）` only how: who and what is said already. */
export const remoteReason = (reason: string | null): string | null =>
  /（([^（）]+)）$/.exec(reason ?? '')?.[1] ?? reason;

/** The arm opened for a car that nobody let pass: no person, and no platform. */
export const isAlone = (origin: string, actor: Words['actor']): boolean =>
  origin === 'released' && actor.kind === 'station';

/** Cars at the lanes, what decided about them, and the arms. */
export const passageTellers: Tellers<Kind> = {
  'plate-read': (b, w) => {
    const read = w.t(b.stored ? 'event.plateReadStored' : 'event.plateRead', { plate: plateName(w, b.plate) });
    return b.openedByCamera === true ? call(w.t('event.openedByCamera', { read })) : read;
  },
  'vehicle-entered': (b, w) => {
    const plate = plateName(w, b.stay.plate);
    switch (b.how) {
      case 'automatic':
        return w.t('event.entered', { plate });
      case 'attendant':
        return w.t('event.enteredAttendant', { plate });
      case 'by-hand':
        return w.t('event.enteredByHand', { plate });
    }
  },
  'vehicle-exited': (b, w) => {
    const plate = plateName(w, b.stay.plate);
    const amount = formatMoney(Math.max(0, b.stay.chargeFen - b.stay.paidFen - b.stay.discountFen));
    const reason = because(w, b.reason);
    if (b.feeUnknown === true)
      return call(w.t('event.exitedFeeUnknown', { plate, reason: b.how === 'held-open' ? w.t('lane.held') : reason }));
    switch (b.how) {
      case 'free':
        return w.t('event.exitedFree', { plate });
      case 'whitelist':
        return w.t('event.exitedWhitelist', { plate });
      case 'paid':
        return w.t('event.exitedPaid', { plate, amount: formatMoney(b.stay.paidFen) });
      case 'covered':
        return w.t('event.exitedCovered', { plate, terms: termsName(b.stay.terms, w.t) });
      case 'remote':
        return w.t('event.exitedRemote', { plate });
      case 'departure-pay':
        return w.t('event.exitedDeparturePay', { plate, amount: formatMoney(b.stay.owedFen) });
      case 'debt':
        return call(w.t('event.exitedOwing', { plate, amount: formatMoney(b.stay.owedFen), reason }));
      case 'held-open':
        return call(w.t('event.exitedHeld', { plate, amount: formatMoney(b.stay.waivedFen) }));
      case 'released':
        return call(
          b.stay.chargeFen > b.stay.paidFen + b.stay.discountFen
            ? w.t('event.exitedReleased', { plate, amount, reason })
            : w.t('event.exitedReleasedUnbilled', { plate, reason }),
        );
    }
  },
  'area-crossed': (b, w) => w.t('event.areaCrossed', { plate: plateName(w, b.stay.plate), lane: b.lane.name }),
  'stay-corrected': (b, w) => {
    const what = w.t(`event.correction.${b.what}`);
    const text = w.t('event.stayCorrected', {
      plate: plateName(w, b.stay.plate),
      what,
      reason: because(w, b.reason),
    });
    return b.what === 'terms' || b.what === 'review' ? text : call(text);
  },
  'stay-closed': (b, w) =>
    w.t('event.stayClosed', { plate: plateName(w, b.stay.plate), reason: closedReason(b.reason, w) }),
  'photo-taken': (_b, w) => w.t('event.photo'),
  'plate-corrected': (b, w) => w.t('event.corrected', { before: plateName(w, b.before), after: plateName(w, b.after) }),
  'passage-waiting': (b, w) => {
    const reason = attentionName(b.reason, w);
    return call(
      b.plate.text === ''
        ? w.t('event.waitingUnread', { reason })
        : w.t('event.waiting', { plate: plateName(w, b.plate), reason }),
    );
  },
  'passage-approved': (b, w) => {
    const told = { plate: plateName(w, b.plate), attention: attentionName(b.attention, w) };
    return b.reason === null
      ? w.t('event.approved', told)
      : call(w.t('event.approvedBecause', { ...told, reason: b.reason }));
  },
  'car-identified': (b, w) => w.t('event.identified', { identity: b.identity }),
  'passage-ended': (b, w) => w.t('event.ended', { plate: plateName(w, b.plate), how: w.t(`event.how.${b.how}`) }),
  'gate-commanded': (b, w) => {
    const action = w.t(`lane.action.${b.action}`);
    if (b.origin === 'manual') return call(w.t('event.gateManual', { action, reason: because(w, b.reason) }));
    if (b.origin === 'platform')
      return call(
        w.t('event.gatePlatform', {
          platform: platform(w.actor.name, w),
          action,
          reason: because(w, remoteReason(b.reason)),
        }),
      );
    // A release that nobody ordered: the platform that has the word was silent.
    return isAlone(b.origin, w.actor)
      ? stop(w.t('event.gateAlone', { plate: b.plate ? plateName(w, b.plate) : w.t('plate.unread') }))
      : w.t('event.gate', { action });
  },
  'gate-answered': (b, w) => {
    if (b.outcome === 'done') return w.t('event.gateDone');
    return stop(w.t(b.outcome === 'refused' ? 'event.gateRefused' : 'event.gateUnknown', { detail: b.detail }));
  },
  'authority-answered': (b, w) => {
    const told = { platform: platform(b.platform, w), plate: plateName(w, b.plate) };
    if (b.answer === 'failed') return call(w.t('event.authorityFailed', { ...told, n: b.attempt }));
    const text = w.t(`event.authority.${b.answer}`, told);
    return b.answer === 'refuse' ? call(text) : text;
  },
  'authority-told': (b, w) => {
    const told = { platform: platform(b.platform, w), plate: plateName(w, b.plate) };
    const text = w.t(`event.authorityTold.${b.why}`, told);
    return b.why === 'gave-up' ? stop(text) : text;
  },
  'gate-refused': (b, w) =>
    call(
      w.t('event.gateNotMoved', {
        platform: platform(b.platform, w),
        action: w.t(`lane.action.${b.action}`),
        reason: because(w, b.reason),
      }),
    ),
  'gate-crossed': (b, w) => w.t('event.gateCrossed', { plate: b.plate ? plateName(w, b.plate) : w.t('plate.unread') }),
  'followed-through': (b, w) => {
    const plate = b.plate ? plateName(w, b.plate) : w.t('plate.unread');
    return stop(w.t('event.followedThrough', { plate }));
  },
  'direction-changed': (b, w) => call(w.t('event.turned', { direction: w.t(`lane.${b.direction}`) })),
};
