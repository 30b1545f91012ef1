import type { EventKind } from '../../../shared/domain/events.ts';
import type { zhAudit } from '../../lib/i18n/office/audit.zh.ts';

type Named = keyof (typeof zhAudit)['kind'];
type Group = keyof (typeof zhAudit)['group'];

/** What an auditor asks for by name, in groups; the rest of the journal is found by person, time and stay. */
export const auditKinds = {
  gate: [
    'gate-commanded',
    'passage-approved',
    'plate-corrected',
    'vehicle-entered',
    'vehicle-exited',
    'direction-changed',
  ],
  stay: ['stay-corrected', 'stay-closed', 'case-changed', 'spaces-corrected'],
  money: [
    ...(['bill-paid', 'bill-voided', 'payment-reversed', 'refund-changed', 'discount-granted'] as const),
    ...(['shift-changed', 'paid-out', 'change-order-changed', 'debt-changed'] as const),
    ...(['drawer-opened', 'receipt-printed'] as const),
  ],
  people: ['signed-in', 'sign-in-refused', 'user-created', 'user-changed'],
  registry: ['list-changed', 'card-changed', 'booking-changed', 'visitor-changed', 'coupon-changed'],
  tariff: ['tariff-published', 'tariff-withdrawn', 'calendar-changed', 'rules-changed'],
  system: ['config-applied', 'message-discarded', 'message-retried', 'device-raw-sent'],
  file: ['import-finished', 'exported', 'evidence-exported'],
} as const satisfies Record<Group, readonly (Named & EventKind)[]>;

export const auditGroups = Object.keys(auditKinds).filter((key): key is Group => Object.hasOwn(auditKinds, key));
