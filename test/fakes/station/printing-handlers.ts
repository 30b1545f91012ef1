import type { UserView } from '../../../shared/contract/base.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

/** One receipt printer at every lane that has one. */
export function printingHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const { printing } = os;
  return {
    printing: {
      printers: printing.printers.handler(({ context }) => {
        needUser(context);
        const lanes = station.scene.lanes.filter(({ devices }) => devices.some(({ kind }) => kind === 'printer'));
        const known = { id: 'prn-1', state: 'online', faults: [], hasDrawer: true, columns: 32 } as const;
        return lanes.length === 0
          ? []
          : [{ ...known, faults: [...known.faults], lanes: lanes.map(({ id, name }) => ({ id, name })) }];
      }),
      receipt: printing.receipt.handler(async ({ input, context }) => {
        needUser(context);
        await station.act('printing.receipt', input);
        const failed = station.papers.shift();
        const copy = (station.receipts.get(input.id) ?? 0) + 1;
        if (failed?.outcome !== 'refused') station.receipts.set(input.id, copy);
        return { outcome: 'done', detail: '', ...failed, printerId: 'prn-1', copy };
      }),
      change: printing.change.handler(async ({ input, context }) => {
        needUser(context);
        await station.act('printing.change', input);
        const failed = station.papers.shift();
        const copy = (station.receipts.get(input.id) ?? 0) + 1;
        if (failed?.outcome !== 'refused') station.receipts.set(input.id, copy);
        return { outcome: 'done', detail: '', ...failed, printerId: 'prn-1', copy };
      }),
      drawer: printing.drawer.handler(async ({ input, context }) => {
        needUser(context);
        await station.act('printing.drawer', input);
        return { outcome: 'done', detail: '', ...station.papers.shift() };
      }),
    },
  };
}
