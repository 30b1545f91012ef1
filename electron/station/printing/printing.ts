import type { ChangeOrder } from '../../../shared/domain/change-order.ts';
import { type Actor, type EventBody, type JournalEvent, STATION } from '../../../shared/domain/events.ts';
import type { PaperState, PrintDocument } from '../../../shared/domain/print.ts';
import type { Lane, Site } from '../../../shared/domain/site.ts';
import type { CommandOutcome, Device, Printer } from '../devices/device.ts';
import { isPrinter } from '../devices/narrow.ts';
import { CHANGE_NOT_OFFERED } from '../payments/change-order.ts';
import type { ChangePage } from '../payments/change-orders.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { ShiftReport } from '../shifts/report.ts';
import type { Store } from '../store/store.ts';
import { changeTicket } from './change-ticket.ts';
import { receiptFacts } from './facts.ts';
import { type Job, JobBook } from './jobs.ts';
import { papersOf } from './papers.ts';
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
  /** Change that a platform gives, and the page where it does. */
  readonly change: {
    get(id: string): ChangeOrder;
    page(): Pick<ChangePage, 'platform' | 'url'> | undefined;
  };
}

/** What is to be put on paper. */
export type Paper =
  | { readonly what: 'payment' | 'change'; readonly id: string }
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
  /** What there is of it so far. */
  readonly paper: PaperState;
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
  readonly before: PaperState;
  readonly document: PrintDocument;
}

/** What a printer is to do. */
interface Task {
  /** Of what there is only one at a time; null: of this as many as are asked for. */
  readonly name: string | null;
  readonly job: Job;
  readonly act: () => Promise<CommandOutcome>;
}

const USUAL_COLUMNS = 32;

/**
 * 小票: receipts, change tickets and shift reports on their way to paper. All of it happens after the commit and off every other path: no printer, whatever
 * is wrong with it, delays or undoes money or an arm. Each piece of paper is an event, and none is printed twice by itself.
 */
export class Printing {
  readonly #deps: PrintingDeps;
  readonly #book: JobBook;
  /** What is being printed now, by its job. A second press for it is refused, not printed. */
  readonly #running = new Map<number, { readonly name: string | null; readonly run: Promise<unknown> }>();
  #stopListening: () => void = () => undefined;

  constructor(deps: PrintingDeps) {
    this.#deps = deps;
    this.#book = new JobBook(deps.store, deps.log);
  }

  /** Tells first what the end of the station cut short. */
  start(): void {
    this.#book.settle();
    this.#stopListening = this.#deps.store.onCommitted((events) => this.#committed(events));
  }

  /** What was under way is written down as it ended. */
  async stop(): Promise<void> {
    this.#stopListening();
    await Promise.all([...this.#running.values()].map(({ run }) => run));
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
   * @throws NotFoundError, ConflictError `no-printer`, `being-printed`, `receipt-reversed`, `change-over`, `change-not-offered`
   */
  print(paper: Paper, where: Where, actor: Actor): Promise<Printed> {
    const made = this.#make(paper);
    const printer = this.#printerFor(where, made.laneId);
    return this.#printed(made, printer, actor);
  }

  /** @throws NotFoundError, ConflictError `being-printed` */
  testPage(printerId: string, actor: Actor): Promise<Printed> {
    const printer = this.#printer(printerId);
    const { clock, lanes, site } = this.#deps;
    const [lane] = lanes().filter((each) => each.printer === printerId);
    const document = testPage({ siteName: site.name, printerId, columns: printer.columns, now: clock.now() });
    const laneId = lane?.id ?? null;
    const made: Made = { what: 'test', id: printerId, key: null, laneId, copy: 1, before: 'none', document };
    return this.#printed(made, printer, actor);
  }

  /**
   * Opens the drawer that hangs on a printer. Whoever does so by hand says why.
   *
   * @throws NotFoundError
   */
  openDrawer(printerId: string, reason: string, actor: Actor): Promise<CommandOutcome> {
    return this.#carryOutOne(this.#drawerTask(this.#printer(printerId), reason, actor));
  }

  /** How it would look now. Nothing is printed and nothing is written down. */
  preview(paper: Paper, where: Where): Preview {
    const made = this.#make(paper);
    const printer = this.#chosen(where, made.laneId);
    return {
      document: made.document,
      copy: made.copy,
      paper: made.before,
      printerId: printer?.id ?? null,
      columns: printer?.columns ?? USUAL_COLUMNS,
    };
  }

  #make(paper: Paper): Made {
    const { store, clock, site } = this.#deps;
    const now = clock.now();
    if (paper.what === 'change') return this.#makeTicket(paper.id);
    if (paper.what === 'shift') {
      const { report } = paper;
      const { id } = report.shift;
      const before = papersOf(store.read, id)('shift', id);
      const copy = before.count + 1;
      const laneName = (laneId: string): string =>
        this.#deps.lanes().find((lane) => lane.id === laneId)?.name ?? laneId;
      const document = shiftSlip({ siteName: site.name, report, laneName, copy, now });
      // The printer of the booth whose drawer it was.
      const lane = this.#deps.lanes().find(({ booth, printer }) => (booth ?? '') === report.shift.booth && printer);
      return { what: 'shift', id, key: id, laneId: lane?.id ?? null, copy, before: before.state, document };
    }
    const found = receiptFacts(store.read, paper.id, this.#deps.lanes());
    const { uid } = found.payment.stay;
    const before = papersOf(store.read, uid)('payment', paper.id);
    const copy = before.count + 1;
    const document = receiptDocument({ ...found, siteName: site.name, rules: site.rules.printing, copy, now });
    const laneId = found.payment.lane?.id ?? null;
    return { what: 'payment', id: paper.id, key: uid, laneId, copy, before: before.state, document };
  }

  /** Only while the order is open: later its code leads to nothing. */
  #makeTicket(id: string): Made {
    const { store, change, clock, site } = this.#deps;
    const order = change.get(id);
    if (order.state !== 'open') throw new ConflictError('change-over', '该找零订单已经结束，不能再打印找零单');
    const page = change.page();
    if (page?.platform !== order.platform) throw new ConflictError('change-not-offered', CHANGE_NOT_OFFERED);
    const before = papersOf(store.read, order.uid)('change', id);
    const copy = before.count + 1;
    const document = changeTicket({ siteName: site.name, order, url: page.url(id), copy, now: clock.now() });
    return { what: 'change', id, key: order.uid, laneId: order.laneId, copy, before: before.state, document };
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

  async #printed(made: Made, printer: Printer, actor: Actor): Promise<Printed> {
    const { outcome, detail } = await this.#carryOutOne(paperTask(made, printer, actor, false));
    return { outcome, detail, printerId: printer.id, copy: made.copy };
  }

  #drawerTask(printer: Printer, reason: string | null, actor: Actor): Task {
    const laneId = this.#deps.lanes().find((lane) => lane.printer === printer.id)?.id ?? null;
    return {
      name: null,
      job: { kind: 'drawer-opened', key: null, laneId, actor, body: { deviceId: printer.id, reason } },
      act: () => printer.openDrawer(),
    };
  }

  async #carryOutOne(task: Task): Promise<CommandOutcome> {
    const [run] = this.#carryOut([task]);
    if (!run) throw new ConflictError('being-printed', '这张小票正在打印');
    return run;
  }

  /** Each is written down before it leaves, all of them in one commit. Whoever is being printed already is left out. */
  #carryOut(tasks: readonly Task[]): Promise<CommandOutcome>[] {
    const names = [...this.#running.values()].map(({ name }) => name);
    const free = tasks.filter(({ name }) => name === null || !names.includes(name));
    if (free.length === 0) return [];
    return this.#book.begin(free).map(({ jobId, job, act, name }) => {
      const run = outcomeOf(act).then((how) => {
        this.#running.delete(jobId);
        this.#book.end(jobId, job, how);
        return how;
      });
      this.#running.set(jobId, { name, run });
      return run;
    });
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
      const order = events.find(
        (event) => event.kind === 'change-order-changed' && event.body.order.billId === body.billId,
      );
      const orderId = order?.kind === 'change-order-changed' ? order.body.order.id : null;
      this.#deps.clock.after(0, () => this.#byItself(body, orderId));
    }
  }

  /** @param orderId of the change that was left to a platform */
  #byItself({ billId, lane, method, via }: EventBody<'bill-paid'>, orderId: string | null): void {
    const { receipt, drawer } = this.#deps.site.rules.printing;
    const isCash = method === 'cash' && via === null;
    const printer = lane === null ? undefined : this.#laneOwn(lane.id);
    if (!printer) return;
    const papers: Paper[] =
      receipt === 'all' || (receipt === 'cash' && isCash)
        ? [{ what: 'payment', id: billId }, ...(orderId === null ? [] : [{ what: 'change', id: orderId } as const])]
        : [];
    const wanted = [
      ...(drawer === 'cash' && isCash && printer.hasDrawer ? [() => this.#drawerTask(printer, null, STATION)] : []),
      ...papers.map((paper) => () => paperTask(this.#make(paper), printer, STATION, true)),
    ];
    this.#guarded(() => {
      const tasks = wanted.flatMap((make) => this.#guarded(make) ?? []);
      for (const run of this.#carryOut(tasks)) run.catch((error: unknown) => this.#failed(error));
    });
  }

  /** Nobody waits for what happens by itself: what fails is in the log, and keeps nothing else back. */
  #guarded<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  #failed(error: unknown): void {
    this.#deps.log.error('a receipt was not printed', { error: errorText(error) });
  }

  /** By itself only at the very lane: elsewhere nobody stands who waits for it. */
  #laneOwn(laneId: string): Printer | undefined {
    const named = this.#deps.lanes().find((lane) => lane.id === laneId)?.printer;
    const device = named === undefined ? undefined : this.#deps.devices.find(named);
    return device && isPrinter(device) ? device : undefined;
  }
}

const paperTask = (made: Made, printer: Printer, actor: Actor, automatic: boolean): Task => {
  const { what, id, key, laneId, copy, document } = made;
  const body = { what, id, copy, deviceId: printer.id, automatic };
  return {
    name: `${what} ${id}`,
    job: { kind: 'receipt-printed', key, laneId, actor, body },
    act: () => printer.print(document),
  };
};

/** A driver that fails has failed after an unknown part of its work. */
async function outcomeOf(act: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
  try {
    const { outcome, detail } = await act();
    return { outcome, detail };
  } catch (error) {
    return { outcome: 'unknown', detail: errorText(error) };
  }
}
