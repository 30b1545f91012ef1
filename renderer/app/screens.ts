import { type ComponentType, lazy } from 'react';
import type { Right } from '../../shared/domain/rights.ts';
import type { zhNav } from '../lib/i18n/office/nav.zh.ts';

export type ScreenId = Exclude<
  keyof typeof zhNav,
  'label' | 'office' | 'look' | 'group' | 'forbidden' | 'forbiddenText' | 'unknown'
>;
export type ScreenGroup = keyof (typeof zhNav)['group'];

interface Entry {
  readonly id: ScreenId;
  readonly group: ScreenGroup;
  /** Who finds it in the menu. The station decides about each call anyway. */
  readonly right: Right;
  /** In the menu only where there are berths, or where there will be: the site lies at the kerb. */
  readonly atKerb?: true;
  readonly load: () => Promise<{ default: ComponentType }>;
}

/** All screens of the office. Each comes with its own chunk: the booth waits for none of them. */
const entries: readonly Entry[] = [
  {
    id: 'overview',
    group: 'today',
    right: 'report.read',
    load: async () => ({ default: (await import('../features/overview/OverviewScreen.tsx')).OverviewScreen }),
  },
  {
    id: 'exceptions',
    group: 'today',
    right: 'case.close',
    load: async () => ({ default: (await import('../features/exceptions/ExceptionsScreen.tsx')).ExceptionsScreen }),
  },
  {
    id: 'fee',
    group: 'today',
    right: 'tariff.trial',
    load: async () => ({ default: (await import('../features/fee/FeeScreen.tsx')).FeeScreen }),
  },
  {
    id: 'stays',
    group: 'records',
    right: 'stay.read',
    load: async () => ({ default: (await import('../features/stays/StaysScreen.tsx')).StaysScreen }),
  },
  {
    id: 'inside',
    group: 'records',
    right: 'stay.read',
    load: async () => ({ default: (await import('../features/inside/InsideScreen.tsx')).InsideScreen }),
  },
  {
    id: 'refunds',
    group: 'records',
    right: 'refund.request',
    load: async () => ({ default: (await import('../features/refunds/RefundsScreen.tsx')).RefundsScreen }),
  },
  {
    id: 'shifts',
    group: 'records',
    right: 'shift.work',
    load: async () => ({ default: (await import('../features/shifts/ShiftsScreen.tsx')).ShiftsScreen }),
  },
  {
    id: 'reports',
    group: 'records',
    right: 'report.read',
    load: async () => ({ default: (await import('../features/reports/ReportsScreen.tsx')).ReportsScreen }),
  },
  {
    id: 'cards',
    group: 'people',
    right: 'registry.read',
    load: async () => ({ default: (await import('../features/cards/CardsScreen.tsx')).CardsScreen }),
  },
  {
    id: 'lists',
    group: 'people',
    right: 'registry.read',
    load: async () => ({ default: (await import('../features/lists/ListsScreen.tsx')).ListsScreen }),
  },
  {
    id: 'bookings',
    group: 'people',
    right: 'registry.read',
    load: async () => ({ default: (await import('../features/bookings/BookingsScreen.tsx')).BookingsScreen }),
  },
  {
    id: 'visitors',
    group: 'people',
    right: 'registry.read',
    load: async () => ({ default: (await import('../features/visitors/VisitorsScreen.tsx')).VisitorsScreen }),
  },
  {
    id: 'coupons',
    group: 'people',
    right: 'registry.read',
    load: async () => ({ default: (await import('../features/coupons/CouponsScreen.tsx')).CouponsScreen }),
  },
  {
    id: 'debts',
    group: 'people',
    right: 'registry.read',
    load: async () => ({ default: (await import('../features/debts/DebtsScreen.tsx')).DebtsScreen }),
  },
  {
    id: 'agreements',
    group: 'people',
    right: 'registry.read',
    load: async () => ({ default: (await import('../features/agreements/AgreementsScreen.tsx')).AgreementsScreen }),
  },
  {
    id: 'berths',
    group: 'people',
    right: 'berth.edit',
    atKerb: true,
    load: async () => ({ default: (await import('../features/berths/BerthsScreen.tsx')).BerthsScreen }),
  },
  {
    id: 'imports',
    group: 'people',
    right: 'import.run',
    load: async () => ({ default: (await import('../features/imports/ImportsScreen.tsx')).ImportsScreen }),
  },
  {
    id: 'tariffs',
    group: 'money',
    right: 'tariff.read',
    load: async () => ({ default: (await import('../features/tariffs/TariffsScreen.tsx')).TariffsScreen }),
  },
  {
    id: 'calendar',
    group: 'money',
    right: 'tariff.read',
    load: async () => ({ default: (await import('../features/calendar/CalendarScreen.tsx')).CalendarScreen }),
  },
  {
    id: 'outbox',
    group: 'system',
    right: 'outbox.read',
    load: async () => ({ default: (await import('../features/outbox/OutboxScreen.tsx')).OutboxScreen }),
  },
  {
    id: 'devices',
    group: 'system',
    right: 'device.test',
    load: async () => ({ default: (await import('../features/devices/DevicesScreen.tsx')).DevicesScreen }),
  },
  {
    id: 'audit',
    group: 'system',
    right: 'audit.read',
    load: async () => ({ default: (await import('../features/audit/AuditScreen.tsx')).AuditScreen }),
  },
  {
    id: 'users',
    group: 'system',
    right: 'user.read',
    load: async () => ({ default: (await import('../features/users/UsersScreen.tsx')).UsersScreen }),
  },
  {
    id: 'settings',
    group: 'system',
    right: 'settings.read',
    load: async () => ({ default: (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen }),
  },
];

export const screens = entries.map(({ load, ...entry }) => ({ ...entry, Screen: lazy(load) }));
export type Screen = (typeof screens)[number];

/** The groups of the menu, from top to bottom. */
export const groups: readonly ScreenGroup[] = ['today', 'records', 'people', 'money', 'system'];
