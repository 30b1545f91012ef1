import { type Actor, type EventBody, type JournalEvent, STATION } from '../../../shared/domain/events.ts';
import type { PrintDocument } from '../../../shared/domain/print.ts';
import type { Lane, Site } from '../../../shared/domain/site.ts';
import type { CommandOutcome, Device, Printer } from '../devices/device.ts';
import { isPrinter } from '../devices/narrow.ts';
import { readRow } from '../journal/rows.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { ShiftReport } from '../shifts/report.ts';
import type { Store } from '../store/store.ts';
import { receiptFacts } from './facts.ts';
import { receiptDocument } from './receipts.ts';
import { shiftSlip } from './shift-slip.ts';
import { testPage } from './test-page.ts';

/** The devices as whoever prints on them sees them. */
export interface PrintingDevices {
  list(): readonly Device[];
  find(id: string): Device | undefined;
  watchOf(id: string): { readonly state: 'online' | 'offline' | 'unknown' } | undefined;
}

export interface PrintingDeps {
  readonly store: Pick<Store, 'read' | 'write' | 'onCommitted'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly devices: PrintingDevices;
  readonly lanes: () => readonly Lane[];
  readonly site: Site;
}

/** What is to be put on paper. */
export type Paper =
  | { readonly what: 'payment'; readonly id: string }
  | { readonly what: 'shift'; readonly report: ShiftReport };

/** Where: on this printer, or on that of this lane; else on that of the payment's lane, or the only one there is. */
export interface Where {
  readonly printerId?: string | undefined;
  readonly laneId?: string | undefined;
}

export interface Printed extends CommandOutcome {
  readonly printerId: string;
  readonly copy: number;
}

export interface Preview {
  readonly document: PrintDocument;
  readonly copy: number;
  /** null: there is none it could be printed on. */
  readonly printerId: string | null;
  readonly columns: number;
}

/** A piece of paper, made. */
interface Made {
  readonly what: EventBody<'receipt-printed'>['what'];
  readonly id: string;
  readonly key: string | null;
  readonly laneId: string | null;
  readonly copy: number;
  readonly document: PrintDocument;
}

const USUAL_COLUMNS = 32;

/**
 * 小票: receipts and shift reports on their way to paper. All of it happens after the commit and off every other path: no printer, whatever
 * is wrong with it, delays or undoes money or an arm. Each piece of paper is an event, and none is printed twice by itself.
 */
export class Printing {
  readonly #deps: PrintingDeps;
  /** What is being printed now. A second press for it is refused, not printed. */
  readonly #running = new Map<string, Promise<unknown>>();
  #stopListening: () => void = () => undefined;

  constructor(deps: PrintingDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#stopListening = this.#deps.store.onCommitted((events) => this.#committed(events));
  }

  /** What was under way is written down as it ended. */
  async stop(): Promise<void> {
    this.#stopListening();
    await Promise.all(this.#running.values());
  }

  printers(): readonly {
    readonly printer: Printer;
    readonly lanes: readonly Lane[];
    readonly state: 'online' | 'offline' | 'unknown';
  }[] {
    const { devices, lanes } = this.#deps;
    return devices
      .list()
      .filter(isPrinter)
      .map((printer) => ({
        printer,
        lanes: lanes().filter((lane) => lane.printer === printer.id),
        state: devices.watchOf(printer.id)?.state ?? 'unknown',
      }));
  }

  /**
   * Prints, and tells how it ended.
   *
   * @throws NotFoundError, ConflictError `no-printer`, `being-printed`, `receipt-reversed`
   */
  print(paper: Paper, where: Where, actor: Actor): Promise<Printed> {
    const made = this.#make(paper);
    const printer = this.#printerFor(where, made.laneId);
    return this.#carryOut(made, printer, actor, false);
  }

  /** @throws NotFoundError, ConflictError `being-printed` */
  testPage(printerId: string, actor: Actor): Promise<Printed> {
    const printer = this.#printer(printerId);
    const { clock, lanes, site } = this.#deps;
    const [lane] = lanes().filter((each) => each.printer === printerId);
    const document = testPage({ siteName: site.name, printerId, columns: printer.columns, now: clock.now() });
    const made = { what: 'test', id: printerId, key: null, laneId: lane?.id ?? null, copy: 1, document } as const;
    return this.#carryOut(made, printer, actor, false);
  }

  /**
   * Opens the drawer that hangs on a printer. Whoever does so by hand says why.
   *
   * @throws NotFoundError
   */
  openDrawer(printerId: string, reason: string, actor: Actor): Promise<CommandOutcome> {
    return this.#kick(this.#printer(printerId), reason, actor);
  }

  /** How it would look now. Nothing is printed and nothing is written down. */
  preview(paper: Paper, where: Where): Preview {
    const made = this.#make(paper);
    const printer = this.#chosen(where, made.laneId);
    return {
      document: made.document,
      copy: made.copy,
      printerId: printer?.id ?? null,
      columns: printer?.columns ?? USUAL_COLUMNS,
    };
  }

  #make(paper: Paper): Made {
    const { store, clock, site } = this.#deps;
    const now = clock.now();
    if (paper.what === 'shift') {
      const { report } = paper;
      const { id } = report.shift;
      const copy = this.#copies(id, 'shift', id) + 1;
      const laneName = (laneId: string): string =>
        this.#deps.lanes().find((lane) => lane.id === laneId)?.name ?? laneId;
      const document = shiftSlip({ siteName: site.name, report, laneName, copy, now });
      // The printer of the booth whose drawer it was.
      const lane = this.#deps.lanes().find(({ booth, printer }) => (booth ?? '') === report.shift.booth && printer);
      return { what: 'shift', id, key: id, laneId: lane?.id ?? null, copy, document };
    }
    const found = receiptFacts(store.read, paper.id, this.#deps.lanes());
    const { uid } = found.payment.stay;
    const copy = this.#copies(uid, 'payment', paper.id) + 1;
    const document = receiptDocument({ ...found, siteName: site.name, rules: site.rules.printing, copy, now });
    return { what: 'payment', id: paper.id, key: uid, laneId: found.payment.lane?.id ?? null, copy, document };
  }

  /** Pieces of paper that may lie somewhere. */
  #copies(key: string, what: string, id: string): number {
    return this.#deps.store.read.journal.storedOfKey(key).filter((row) => {
      if (row.kind !== 'receipt-printed') return false;
      const reading = readRow(row);
      if (!('event' in reading) || reading.event.kind !== 'receipt-printed') return false;
      const { body } = reading.event;
      return body.what === what && body.id === id && body.outcome !== 'refused';
    }).length;
  }

  #printer(id: string): Printer {
    const device = this.#deps.devices.find(id);
    if (!device || !isPrinter(device)) throw new NotFoundError(`没有打印机 ${id}`);
    return device;
  }

  #printerFor(where: Where, laneId: string | null): Printer {
    const printer = this.#chosen(where, laneId);
    if (!printer) throw new ConflictError('no-printer', '没有可用的小票打印机，请先在设置里配到车道');
    return printer;
  }

  #chosen({ printerId, laneId }: Where, paidAt: string | null): Printer | undefined {
    if (printerId !== undefined) return this.#printer(printerId);
    const { devices, lanes } = this.#deps;
    for (const id of [laneId, paidAt]) {
      const named = lanes().find((lane) => lane.id === id)?.printer;
      const printer = named === undefined ? undefined : devices.find(named);
      if (printer && isPrinter(printer)) return printer;
    }
    const all = devices.list().filter(isPrinter);
    return all.length === 1 ? all[0] : undefined;
  }

  async #carryOut(made: Made, printer: Printer, actor: Actor, automatic: boolean): Promise<Printed> {
    const key = `${made.what} ${made.id}`;
    if (this.#running.has(key)) throw new ConflictError('being-printed', '这张小票正在打印');
    const run = this.#run(made, printer, actor, automatic);
    this.#running.set(key, run);
    try {
      return await run;
    } finally {
      this.#running.delete(key);
    }
  }

  async #run(made: Made, printer: Printer, actor: Actor, automatic: boolean): Promise<Printed> {
    const ended = await outcomeOf(() => printer.print(made.document));
    const { what, id, key, laneId, copy } = made;
    this.#record(() =>
      this.#deps.store.write((tx) =>
        tx.record({
          ...{ kind: 'receipt-printed', key, laneId, passageId: null, actor },
          body: { what, id, copy, deviceId: printer.id, automatic, ...ended },
        }),
      ),
    );
    return { ...ended, printerId: printer.id, copy };
  }

  async #kick(printer: Printer, reason: string | null, actor: Actor): Promise<CommandOutcome> {
    const ended = await outcomeOf(() => printer.openDrawer());
    const laneId = this.#deps.lanes().find((lane) => lane.printer === printer.id)?.id ?? null;
    this.#record(() =>
      this.#deps.store.write((tx) =>
        tx.record({
          ...{ kind: 'drawer-opened', key: null, laneId, passageId: null, actor },
          body: { deviceId: printer.id, reason, ...ended },
        }),
      ),
    );
    return ended;
  }

  /** The paper is there, whatever becomes of the note about it. */
  #record(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#deps.log.error('what was printed could not be written down', { error: errorText(error) });
    }
  }

  /** Off the path of the money that was just stored: in a later turn of the event loop. */
  #committed(events: readonly JournalEvent[]): void {
    const { receipt, drawer } = this.#deps.site.rules.printing;
    if (receipt === 'off' && drawer === 'off') return;
    const paid = events.filter((event) => event.kind === 'bill-paid');
    for (const { body } of paid) {
      // Debts that were paid with a bill stand on its receipt.
      const withBill = paid.some(({ body: { billId } }) => body.billId.startsWith(`${billId}-a`));
      if (withBill || body.paidFen <= 0 || body.lane === null) continue;
      this.#deps.clock.after(0, () => this.#byItself(body));
    }
  }

  #byItself({ billId, lane, method, via }: EventBody<'bill-paid'>): void {
    const { log, site } = this.#deps;
    const { receipt, drawer } = site.rules.printing;
    const isCash = method === 'cash' && via === null;
    try {
      const printer = lane === null ? undefined : this.#laneOwn(lane.id);
      if (!printer) return;
      const failed = (error: unknown): void => log.error('a receipt was not printed', { error: errorText(error) });
      if (drawer === 'cash' && isCash && printer.hasDrawer) this.#kick(printer, null, STATION).catch(failed);
      if (receipt === 'all' || (receipt === 'cash' && isCash))
        this.#carryOut(this.#make({ what: 'payment', id: billId }), printer, STATION, true).catch(failed);
    } catch (error) {
      log.error('a receipt was not printed', { error: errorText(error) });
    }
  }

  /** By itself only at the very lane: elsewhere nobody stands who waits for it. */
  #laneOwn(laneId: string): Printer | undefined {
    const named = this.#deps.lanes().find((lane) => lane.id === laneId)?.printer;
    const device = named === undefined ? undefined : this.#deps.devices.find(named);
    return device && isPrinter(device) ? device : undefined;
  }
}

/** A driver that fails has failed after an unknown part of its work. */
async function outcomeOf(act: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
  try {
    const { outcome, detail } = await act();
    return { outcome, detail };
  } catch (error) {
    return { outcome: 'unknown', detail: errorText(error) };
  }
}
