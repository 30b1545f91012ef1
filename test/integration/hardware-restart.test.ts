import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printedSchema } from '../../shared/contract/printing.ts';
import { stayDetailSchema, stayViewSchema } from '../../shared/contract/stays.ts';
import { ReceiptPrinter } from '../peers/escpos/index.ts';
import { type Pty, startPty } from '../peers/pty.ts';
import { ScanGun } from '../peers/scanner/index.ts';
import { pause } from '../peers/timers.ts';
import { MangledWire, type Wire } from '../peers/wire.ts';
import { ScanBank } from '../support/hardware-bank.ts';
import type { HardwareLane } from '../support/hardware-lane.ts';
import { FEE, HardwareSite } from '../support/hardware-site.ts';
import { type TcpParts, vzenithTcp } from '../support/hardware-vzenith.ts';
import { stablePort } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const [LOST, PRINTED, SCANNED, NEXT] = ['鲁R00001', '鲁R00002', '鲁R00003', '鲁R00004'] as const;
const SETTLED_MS = 550;
/** Longer than any question to a printer: a job that is being printed. */
const JOB_BYTES = 30;
/** A coil switched on, or for a while, by Modbus TCP. One that may have been left on is switched off after a start. */
const movesRelay = (hex: string): boolean => hex.slice(14, 16) === '05' && !hex.endsWith('0000');

interface Lanes {
  readonly held: HardwareLane & TcpParts;
  readonly lost: HardwareLane & TcpParts;
  readonly under: HardwareLane & TcpParts;
  readonly print: HardwareLane & TcpParts;
  readonly scan: HardwareLane & TcpParts;
}

/** Killed once, with something under way at each of five lanes; what is looked at comes after the new start. */
describe('power cut in the middle of everything', () => {
  const bank = new ScanBank();
  let pty: Pty;
  let gun: ScanGun;
  let printer: ReceiptPrinter;
  let paper: MangledWire | undefined;
  let jobArrived: (bytes: Buffer) => void = () => undefined;
  let site: HardwareSite;
  let lanes: Lanes;
  /** As it was when the power failed. */
  let before: {
    readonly seq: number;
    readonly orders: ReadonlyMap<string, number>;
    readonly risings: ReadonlyMap<string, number>;
  };

  const charging = (lane: HardwareLane, plate: string) =>
    site.laneWhen(
      lane.id,
      `${plate} is asked for money`,
      (view) => view.phase === 'charging' && view.plate?.text === plate,
    );
  const ordersOf = ({ relays }: TcpParts): number => relays.requests.filter(movesRelay).length;
  const register = (plate: string) => {
    const enteredAt = new Date(Date.now() - 5 * 60_000).toISOString();
    const entry = { plate, plateColor: 'blue', laneId: 'held', enteredAt, proof: '停车票' };
    return site.station.send(stayViewSchema, '/sessions', entry);
  };

  beforeAll(async () => {
    const line = await startPty();
    if ('unavailable' in line) throw new Error(line.unavailable);
    pty = line;
    gun = new ScanGun(pty);
    await bank.start();
    printer = new ReceiptPrinter({
      through: (wire: Wire) => {
        // Before the printer has them: its answer to the last of a job may follow upon the first of it.
        wire.onBytes((bytes) => jobArrived(bytes));
        paper = new MangledWire(wire);
        return paper;
      },
    });
    const [port, printerPort] = await Promise.all([stablePort(), printer.listen()]);
    const [held, lost, under, print, scan] = await Promise.all([
      vzenithTcp({ id: 'held', way: 'in', bare: true }),
      vzenithTcp({ id: 'lost', way: 'in', bare: true, board: { replyMs: 2_000 } }),
      vzenithTcp({ id: 'under', way: 'in', iron: { autoClose: false } }),
      vzenithTcp({ id: 'print', bare: true }),
      vzenithTcp({ id: 'scan', bare: true }),
    ]);
    lanes = { held, lost, under, print, scan };
    site = await HardwareSite.open({
      ...{ port, lanes: Object.values(lanes), rules: { printing: { receipt: 'cash' } }, ...bank.site },
      names: { print: { printer: 'prn' }, scan: { scanner: 'gun' } },
      devices: [
        { id: 'prn', kind: 'printer', driver: 'escpos-tcp', settings: { host: '127.0.0.1', port: printerPort } },
        { id: 'gun', kind: 'scanner', driver: 'serial', settings: { path: pty.path } },
      ],
    });
    await site.online([...devicesOf(site), 'prn', 'gun']);
    for (const plate of [PRINTED, SCANNED, NEXT]) await register(plate);
    await allUnderWay();
    before = {
      seq: await site.newestSeq(),
      orders: new Map(Object.values(lanes).map((lane) => [lane.id, ordersOf(lane)])),
      risings: new Map(Object.values(lanes).map(({ id, iron }) => [id, iron.risings])),
    };
    await site.station.kill9();
    await whileItIsDark();
    await site.restart();
    await site.online(devicesOf(site).filter((id) => id !== 'bar-held'));
    held.relays.power(true);
    await site.online(['bar-held', 'prn', 'gun']);
  });
  afterAll(async () => {
    await site.close();
    await Promise.all([printer.stop(), pty.stop(), bank.stop()]);
  });

  /** A bill must have stood for half a second before a code counts for it. */
  async function presents(code: string, charges: number): Promise<void> {
    await pause(SETTLED_MS);
    await gun.scan(code);
    await until('the bank is asked', () => bank.charges.length === charges);
  }

  async function allUnderWay(): Promise<void> {
    const { held, lost, under, print, scan } = lanes;
    await site.order('held', 'hold', { on: true, reason: '早高峰' });
    await site.order('under', 'open', { reason: '设备故障' });
    await until('the held arm is up', () => held.iron.arm === 'open' && held.relays.coils[0]);
    expect(await under.iron.standUnder('鲁R00009')).toBe(true);
    await site.seenUnder('bar-under');
    await site.order('under', 'close', {});
    await site.laneWhen('under', 'the closing waits', ({ barrier }) => barrier.waits === true);

    await scan.see(SCANNED);
    await charging(scan, SCANNED);
    await print.see(PRINTED);
    const passageId = (await charging(print, PRINTED)).passage?.id;
    bank.silent = true;
    await presents('135000000000000001', 1);
    const printing = jobArrives();
    await site.order('print', 'collect', { method: 'cash', amountFen: FEE, passageId });
    await printing;

    lost.loseAnswer?.();
    await lost.see(LOST);
    await until('the arm rises, and nobody is told', () => lost.iron.risings === 1);
  }

  /** From its first byte on the printer prints, and says nothing more. */
  function jobArrives(): Promise<void> {
    return new Promise((resolve) => {
      jobArrived = (bytes) => {
        if (bytes.length < JOB_BYTES) return;
        paper?.fault('out', { drop: 'all' });
        jobArrived = () => undefined;
        resolve();
      };
    });
  }

  /** The relay board has no power either; somebody lets the held arm down, and the driver that was let in drives on. */
  async function whileItIsDark(): Promise<void> {
    const { held, lost } = lanes;
    held.relays.power(false);
    held.iron.pulse('close', 100, 'by hand at the barrier');
    expect(await lost.iron.drive(LOST)).toBe(true);
    await until('both are shut', () => held.iron.arm === 'closed' && lost.iron.arm === 'closed');
  }

  test('the held arm is up again as soon as its board is', async () => {
    const { held } = lanes;
    await until('the arm is up again', () => held.iron.arm === 'open' && held.relays.coils[0]);
    expect((await site.lane('held')).barrier).toMatchObject({
      held: true,
      lastCommand: { action: 'hold', outcome: 'done' },
    });
    expect(held.iron.risings).toBe(2);
  });

  test('the opening of which nobody knows is shown, and not ordered again', async () => {
    const { lost } = lanes;
    const lastCommand = { action: 'open', outcome: 'unknown', origin: 'decision', plate: { text: LOST } };
    expect((await site.lane('lost')).barrier).toMatchObject({ held: false, lastCommand });
    const asked = lost.relays.requests.length;
    await until('its board was asked this and that', () => lost.relays.requests.length > asked + 2);
    expect([ordersOf(lost), lost.iron.risings, lost.iron.arm]).toEqual([before.orders.get('lost'), 1, 'closed']);
    expect((await site.stays(LOST)).map(({ status }) => status)).toEqual(['inside']);
    const known = (await site.events('gate-answered')).filter(({ laneId }) => laneId === 'lost');
    expect(known.map(({ body }) => body['outcome'])).toEqual(['unknown']);
  });

  test('the closing that waited is shown as unknown; nothing falls, neither on the car nor when it has gone', async () => {
    const { under } = lanes;
    const { waits = false, lastCommand } = (await site.lane('under')).barrier;
    expect([waits, lastCommand?.action, lastCommand?.outcome]).toEqual([false, 'close', 'unknown']);
    expect(await under.iron.drive('鲁R00009')).toBe(true);
    await site.laneWhen('under', 'the loops are clear', ({ loop }) => loop === 'clear');
    const asked = under.relays.requests.length;
    await until('a second of looking at the loops', () => under.relays.requests.length > asked + 15);
    expect([under.iron.arm, ordersOf(under)]).toEqual(['open', before.orders.get('under')]);
    await site.order('under', 'close', {});
    await until('a person closes it', () => under.iron.arm === 'closed');
    expect(under.iron.collisions).toEqual([]);
  });

  test('the receipt that was being printed is not printed again by itself; by hand it is', async () => {
    const { print } = lanes;
    const [stay] = await site.stays(PRINTED);
    expect(stay).toMatchObject({ status: 'left', paidFen: FEE });
    const bills = (await site.events('bill-paid')).filter(({ laneId }) => laneId === 'print');
    expect(bills).toHaveLength(1);
    expect([print.iron.risings, ordersOf(print)]).toEqual([1, before.orders.get('print')]);
    expect(printer.receipts).toHaveLength(1);
    const billId = String(bills[0]?.body['billId']);
    // The start told that there may be paper, and everybody who looks at the payment sees it.
    const told = (await site.events('receipt-printed')).map(({ body }) => body);
    expect(told).toMatchObject([{ what: 'payment', id: billId, copy: 1, automatic: true, outcome: 'unknown' }]);
    expect(told[0]?.['detail']).toBe('打印途中工作站停止');
    const detail = await site.station.get(stayDetailSchema, `/sessions/${stay?.uid}`);
    expect(detail.payments.map(({ paper }) => paper)).toEqual(['maybe']);
    expect(await site.station.send(printedSchema, `/payments/${billId}/receipt`, { lane: 'print' })).toMatchObject({
      outcome: 'done',
      copy: 2,
    });
    expect(printer.lines).toContainEqual(expect.stringContaining('【补打 第 1 次】'));
    expect(printer.receipts).toHaveLength(2);
    expect(printer.complaints).toEqual([]);
  });

  test('the code that was at the bank is asked about, not charged again, and its car goes once', async () => {
    const { scan } = lanes;
    bank.silent = false;
    await until('it has paid', async () => (await site.stays(SCANNED))[0]?.status === 'left', 15_000);
    await until('the arm rises', () => scan.iron.risings === 1);
    expect(await scan.iron.drive(SCANNED)).toBe(true);
    expect(bank.charges).toHaveLength(1);
    expect(bank.queries.length).toBeGreaterThan(0);
    await until('shut', () => scan.iron.arm === 'closed');
    await scan.see(NEXT);
    await charging(scan, NEXT);
    await presents('135000000000000002', 2);
    await until('the next one has paid', async () => (await site.stays(NEXT))[0]?.status === 'left');
    expect(await scan.iron.drive(NEXT)).toBe(true);
    expect([bank.charges.length, scan.iron.risings]).toEqual([2, 2]);
    const paid = (await site.events('bill-paid')).filter(({ laneId }) => laneId === 'scan');
    expect(paid.map(({ body }) => [body['paidFen'], body['method']])).toEqual([
      [FEE, 'wechat'],
      [FEE, 'wechat'],
    ]);
  });

  test('since the start nothing was told to move but what was held, what was paid, and what a person closed', async () => {
    const commands = (await site.events('gate-commanded', before.seq)).map(
      ({ laneId, body }) => `${laneId} ${String(body['action'])} ${String(body['origin'])}`,
    );
    expect([...new Set(commands)].sort()).toEqual(['held hold manual', 'scan open payment', 'under close manual']);
    expect(commands.filter((each) => each.startsWith('scan'))).toHaveLength(2);
    for (const lane of Object.values(lanes))
      expect([lane.id, lane.iron.collisions, lane.complaints()]).toEqual([lane.id, [], []]);
  });
});

const devicesOf = (site: HardwareSite): string[] =>
  site.lanes.flatMap(({ names }) => [names['camera'] ?? '', names['barrier'] ?? '']);
