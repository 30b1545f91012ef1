import { zhAgreements } from './agreements.zh.ts';
import { zhAudit } from './audit.zh.ts';
import { zhBerths } from './berths.zh.ts';
import { zhBookings } from './bookings.zh.ts';
import { zhBooth } from './booth.zh.ts';
import { zhCalendar } from './calendar.zh.ts';
import { zhCards } from './cards.zh.ts';
import { zhCoupons } from './coupons.zh.ts';
import { zhDebts } from './debts.zh.ts';
import { zhDevices } from './devices.zh.ts';
import { zhExceptions } from './exceptions.zh.ts';
import { zhFee } from './fee.zh.ts';
import { zhImports } from './imports.zh.ts';
import { zhInside } from './inside.zh.ts';
import { zhKerb } from './kerb.zh.ts';
import { zhKit } from './kit.zh.ts';
import { zhLists } from './lists.zh.ts';
import { zhNav } from './nav.zh.ts';
import { zhOverview } from './overview.zh.ts';
import { zhPractice } from './practice.zh.ts';
import { zhPrinting } from './printing.zh.ts';
import { zhRefunds } from './refunds.zh.ts';
import { zhRegistry } from './registry.zh.ts';
import { zhReports } from './reports.zh.ts';
import { zhSettings } from './settings.zh.ts';
import { zhShift } from './shift.zh.ts';
import { zhShifts } from './shifts.zh.ts';
import { zhStays } from './stays.zh.ts';
import { zhTariffs } from './tariffs.zh.ts';
import { zhUsers } from './users.zh.ts';
import { zhVisitors } from './visitors.zh.ts';
import { zhWizard } from './wizard.zh.ts';

/** The words of the office, one file for each screen. */
export const zhOffice = {
  agreements: zhAgreements,
  audit: zhAudit,
  berths: zhBerths,
  bookings: zhBookings,
  boothMore: zhBooth,
  calendar: zhCalendar,
  cards: zhCards,
  coupons: zhCoupons,
  debts: zhDebts,
  devices: zhDevices,
  exceptions: zhExceptions,
  fee: zhFee,
  imports: zhImports,
  inside: zhInside,
  kerb: zhKerb,
  kit: zhKit,
  lists: zhLists,
  nav: zhNav,
  overview: zhOverview,
  practice: zhPractice,
  printing: zhPrinting,
  refunds: zhRefunds,
  registry: zhRegistry,
  reports: zhReports,
  settings: zhSettings,
  shift: zhShift,
  shifts: zhShifts,
  stays: zhStays,
  tariffs: zhTariffs,
  users: zhUsers,
  visitors: zhVisitors,
  wizard: zhWizard,
} as const;
