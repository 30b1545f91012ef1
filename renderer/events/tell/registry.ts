import type { Card } from '../../../shared/domain/registry.ts';
import { formatMoney } from '../../lib/format.ts';
import { because, call, platform, type Tellers } from './teller.ts';

type Kind =
  | 'card-changed'
  | 'recharge-plan-changed'
  | 'booking-changed'
  | 'visitor-changed'
  | 'merchant-changed'
  | 'coupon-changed'
  | 'debt-changed'
  | 'agreement-changed'
  | 'list-changed'
  | 'rules-changed'
  | 'spaces-corrected'
  | 'import-finished'
  | 'tariff-drafted'
  | 'tariff-published'
  | 'tariff-withdrawn'
  | 'tariff-cases-changed'
  | 'calendar-changed';

/** A card as people speak of it: by its cars, else by its number. */
const holder = ({ plates, number }: Card): string => {
  const [first] = plates;
  if (first === undefined) return number;
  return plates.length > 1 ? `${first} +${plates.length - 1}` : first;
};

const imports = ['cards', 'bookings', 'visitors', 'lists', 'debts'] as const;

/** Who may pass and on what terms, as the office keeps it. */
export const registryTellers: Tellers<Kind> = {
  'card-changed': (b, w) => {
    const told = { card: w.t(`card.${b.card.type}`), owner: holder(b.card) };
    return b.why === 'recharged'
      ? w.t('event.cardRecharged', { ...told, amount: formatMoney(b.paidFen) })
      : w.t('event.cardChanged', { ...told, change: w.t(`event.change.${b.change}`) });
  },
  'recharge-plan-changed': (b, w) =>
    w.t('event.planChanged', { change: w.t(`event.change.${b.change}`), name: b.plan.name }),
  'booking-changed': (b, w) =>
    w.t('event.bookingChanged', { change: w.t(`event.change.${b.change}`), plate: b.booking.plate }),
  'visitor-changed': (b, w) =>
    w.t('event.visitorChanged', { change: w.t(`event.change.${b.change}`), plate: b.visitor.plate }),
  'merchant-changed': (b, w) =>
    w.t('event.merchantChanged', { change: w.t(`event.change.${b.change}`), name: b.merchant.name }),
  'coupon-changed': (b, w) =>
    b.coupon.state === 'used'
      ? w.t('event.couponUsed', { plate: b.coupon.plate })
      : w.t('event.couponChanged', { change: w.t(`event.change.${b.change}`), plate: b.coupon.plate }),
  'debt-changed': ({ change, debt }, w) => {
    const told = { plate: debt.plate, amount: formatMoney(debt.amountFen) };
    if (debt.state === 'paid') return w.t('event.debtPaid', told);
    if (debt.state === 'cancelled' || change === 'removed') return call(w.t('event.debtCancelled', told));
    if (change === 'added') return call(w.t('event.debtAdded', told));
    return w.t('event.debtChanged', { ...told, amount: formatMoney(debt.amountFen - debt.paidFen) });
  },
  'agreement-changed': (b, w) =>
    w.t('event.agreementChanged', {
      platform: platform(b.agreement.platform, w),
      change: w.t(`event.change.${b.change}`),
      plate: b.agreement.plate,
    }),
  'list-changed': (b, w) =>
    w.t('event.listChanged', {
      list: w.t(`event.list.${b.entry.list}`),
      change: w.t(`event.change.${b.change}`),
      plate:
        b.entry.plateColor === null ? b.entry.plate : `${b.entry.plate} ${w.t(`plate.color.${b.entry.plateColor}`)}`,
    }),
  'rules-changed': (_b, w) => call(w.t('event.rulesChanged')),
  'spaces-corrected': (b, w) =>
    call(
      w.t('event.spacesCorrected', {
        counted: b.countedInside,
        actual: b.actualInside,
        reason: because(w, b.reason),
      }),
    ),
  'tariff-drafted': (b, w) => w.t('event.tariffDrafted', { name: b.draft.tariff.name }),
  'tariff-published': (b, w) => call(w.t('event.tariffPublished', { name: b.published.tariff.name })),
  'tariff-withdrawn': (b, w) =>
    call(w.t('event.tariffWithdrawn', { name: b.published.tariff.name, reason: because(w, b.reason) })),
  'tariff-cases-changed': (_b, w) => w.t('event.tariffCases'),
  'calendar-changed': (_b, w) => w.t('event.calendarChanged'),
  'import-finished': (b, w) => {
    const what = imports.find((each) => each === b.what);
    return w.t('event.imported', {
      what: w.t(`event.import.${what ?? 'other'}`),
      added: b.added,
      updated: b.updated,
    });
  },
};
