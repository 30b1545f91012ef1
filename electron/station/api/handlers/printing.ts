import type { PrinterView } from '../../../../shared/contract/printing.ts';
import type { Paper, Preview } from '../../printing/printing.ts';
import { shiftReport } from '../../shifts/report.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { Principal } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { mayReport, personOf } from './shifts.ts';

const previewView = ({ document, columns, copy, paper, printerId }: Preview) => ({
  ...{ document: [...document], columns, copy, paper, printerId },
});

export function printingHandlers(os: Guarded, deps: ApiDeps) {
  const { printing, shifts, store, clock, lanes, alarms } = deps;
  const slip = (id: string, user: Principal | null): Paper => {
    const shift = shifts.get(id);
    mayReport(shift, personOf(user));
    return { what: 'shift', report: shiftReport(store.read, shift, lanes.lanes(), clock.now()) };
  };
  return {
    printers: os.printing.printers.handler((): PrinterView[] =>
      printing.printers().map(({ printer, lanes: served, state }) => ({
        ...{ id: printer.id, state, hasDrawer: printer.hasDrawer, columns: printer.columns },
        faults: alarms
          .list()
          .filter(({ code, subject }) => subject === printer.id && code !== 'device-offline')
          .map(({ detail }) => detail),
        lanes: served.map(({ id, name }) => ({ id, name })),
      })),
    ),
    receipt: os.printing.receipt.handler(({ input, context }) =>
      printing.print(
        { what: 'payment', id: input.id },
        { printerId: input.printer, laneId: input.lane },
        actorOf(context.user),
      ),
    ),
    preview: os.printing.preview.handler(({ input }) =>
      previewView(printing.preview({ what: 'payment', id: input.id }, { printerId: input.printer })),
    ),
    change: os.printing.change.handler(({ input, context }) =>
      printing.print({ what: 'change', id: input.id }, { printerId: input.printer }, actorOf(context.user)),
    ),
    changePreview: os.printing.changePreview.handler(({ input }) =>
      previewView(printing.preview({ what: 'change', id: input.id }, { printerId: input.printer })),
    ),
    shift: os.printing.shift.handler(({ input, context }) =>
      printing.print(slip(input.id, context.user), { printerId: input.printer }, actorOf(context.user)),
    ),
    shiftPreview: os.printing.shiftPreview.handler(({ input, context }) =>
      previewView(printing.preview(slip(input.id, context.user), { printerId: input.printer })),
    ),
    testPage: os.printing.testPage.handler(({ input, context }) => printing.testPage(input.id, actorOf(context.user))),
    drawer: os.printing.drawer.handler(({ input, context }) =>
      printing.openDrawer(input.id, input.reason, actorOf(context.user)),
    ),
  };
}
