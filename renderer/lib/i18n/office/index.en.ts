import type { Words } from '../words.ts';
import { enAgreements } from './agreements.en.ts';
import { enAudit } from './audit.en.ts';
import { enBerths } from './berths.en.ts';
import { enBookings } from './bookings.en.ts';
import { enBooth } from './booth.en.ts';
import { enCalendar } from './calendar.en.ts';
import { enCards } from './cards.en.ts';
import { enCoupons } from './coupons.en.ts';
import { enDebts } from './debts.en.ts';
import { enDevices } from './devices.en.ts';
import { enExceptions } from './exceptions.en.ts';
import { enFee } from './fee.en.ts';
import { enImports } from './imports.en.ts';
import type { zhOffice } from './index.zh.ts';
import { enInside } from './inside.en.ts';
import { enKerb } from './kerb.en.ts';
import { enKit } from './kit.en.ts';
import { enLists } from './lists.en.ts';
import { enNav } from './nav.en.ts';
import { enOverview } from './overview.en.ts';
import { enPractice } from './practice.en.ts';
import { enPrinting } from './printing.en.ts';
import { enRefunds } from './refunds.en.ts';
import { enRegistry } from './registry.en.ts';
import { enReports } from './reports.en.ts';
import { enSettings } from './settings.en.ts';
import { enShift } from './shift.en.ts';
import { enShifts } from './shifts.en.ts';
import { enStays } from './stays.en.ts';
import { enTariffs } from './tariffs.en.ts';
import { enUsers } from './users.en.ts';
import { enVisitors } from './visitors.en.ts';
import { enWizard } from './wizard.en.ts';

export const enOffice: Words<typeof zhOffice> = {
  agreements: enAgreements,
  audit: enAudit,
  berths: enBerths,
  bookings: enBookings,
  boothMore: enBooth,
  calendar: enCalendar,
  cards: enCards,
  coupons: enCoupons,
  debts: enDebts,
  devices: enDevices,
  exceptions: enExceptions,
  fee: enFee,
  imports: enImports,
  inside: enInside,
  kerb: enKerb,
  kit: enKit,
  lists: enLists,
  nav: enNav,
  overview: enOverview,
  practice: enPractice,
  printing: enPrinting,
  refunds: enRefunds,
  registry: enRegistry,
  reports: enReports,
  settings: enSettings,
  shift: enShift,
  shifts: enShifts,
  stays: enStays,
  tariffs: enTariffs,
  users: enUsers,
  visitors: enVisitors,
  wizard: enWizard,
};
