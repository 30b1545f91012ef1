import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CommandOutcome, Device, Printer } from '../../../electron/station/devices/device.ts';
import { Printing } from '../../../electron/station/printing/printing.ts';
import { shiftReport } from '../../../electron/station/shifts/report.ts';
import type { ChangeOrder } from '../../../shared/domain/change-order.ts';
import type { Actor, EventBody } from '../../../shared/domain/events.ts';
import { fenToYuanText } from '../../../shared/domain/money.ts';
import { DEFAULT_RULES } from '../../../shared/domain/passage-rules.ts';
import type { PrintDocument } from '../../../shared/domain/print.ts';
import { layOut } from '../../../shared/domain/print-layout.ts';
import type { PrintingRules } from '../../../shared/domain/printing-rules.ts';
import { appliedDiscountSchema } from '../../../shared/domain/registry.ts';
import { laneSchema, type Site, siteSchema } from '../../../shared/domain/site.ts';
import { seeded } from '../../support/random.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { Booth, cashier, LANES } from '../shifts/booth.ts';

const ANNA: Actor = { kind: 'user', name: 'anna' };
const DONE: CommandOutcome = { outcome: 'done', detail: '' };

class PaperPrinter implements Printer {
  readonly kind = 'printer';
  readonly driver = 'paper';
  readonly columns = 32;
  readonly hasDrawer = true;
  readonly papers: PrintDocument[] = [];
  kicks = 0;
  /** How the next jobs end. */
  next: () => Promise<CommandOutcome> = async () => DONE;
  nextKick: () => Promise<CommandOutcome> = async () => DONE;
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  lastSeenAt(): null {
    return null;
  }
  async print(document: PrintDocument): Promise<CommandOutcome> {
    this.papers.push(document);
    return this.next();
  }
  async openDrawer(): Promise<CommandOutcome> {
    this.kicks += 1;
    return this.nextKick();
  }
}

let booth: Booth;
let printer: PaperPrinter;
let rules: PrintingRules;
let printing: Printing;
let pageOf: string | null;
let ends: ((ended: CommandOutcome) => void)[];
const lanes = LANES.map((lane) => laneSchema.parse({ ...lane, printer: lane.booth === 'A' ? 'prn' : 'prn-b' }));

beforeEach(() => {
  booth = new Booth();
  printer = new PaperPrinter('prn');
  rules = DEFAULT_RULES.printing;
  pageOf = 'keytop';
  ends = [];
  printing = opened();
});
afterEach(async () => {
  for (const end of ends) end(DONE);
  await printing.stop();
  booth.temp.dispose();
});

/** A station's printing room over what is stored, as after a start. */
function opened(): Printing {
  const others: Device[] = [printer, new PaperPrinter('prn-b')];
  const site: Site = siteSchema.parse({ code: 'P1', name: '中心停车场', totalSpaces: 10, openSpaces: 10 });
  const room = new Printing({
    store: booth.store,
    clock: booth.clock,
    log: memoryLog(),
    devices: {
      list: () => others,
      find: (id) => others.find((device) => device.id === id),
      watchOf: () => ({ state: 'online' }),
    },
    lanes: () => lanes,
    site: {
      ...site,
      get rules() {
        return { ...DEFAULT_RULES, printing: rules };
      },
    },
    change: {
      get: (id) => {
        const order = booth.store.read.changeOrders.get(id);
        if (!order) throw new Error('no such order');
        return order;
      },
      page: () =>
        pageOf === null ? undefined : { platform: pageOf, url: (no) => `https://change.example.cn/?no=${no}` },
    },
  });
  room.start();
  return room;
}

const lines = (document: PrintDocument | undefined): string[] =>
  layOut(document ?? [], 32).map((row) => (row.kind === 'text' ? row.text.trim() : `<${row.kind}>`));
const pairValue = (document: PrintDocument | undefined, name: string): string | undefined =>
  (document ?? []).flatMap((block) => (block.kind === 'pair' && block.name === name ? [block.value] : []))[0];
const printed = (): EventBody<'receipt-printed'>[] =>
  booth.store.read.journal.after(0, 500).flatMap((event) => (event.kind === 'receipt-printed' ? [event.body] : []));
const ofPayment = (id: string) => ({ what: 'payment', id }) as const;

test('a receipt says what the journal says, and a second one that it is a copy', async () => {
  rules = { ...rules, footer: '客服 010-1234', code: 'https://example.cn/invoice' };
  const stay = booth.enter(2);
  const { billId } = booth.pay(stay, 1_250, { by: '小王' });
  booth.leave(booth.store.read.stays.get(stay.uid) ?? stay);
  expect(await printing.print(ofPayment(billId), {}, ANNA)).toMatchObject({
    outcome: 'done',
    copy: 1,
    printerId: 'prn',
  });
  expect(lines(printer.papers[0])).toEqual([
    '中心停车场',
    '停车缴费凭条',
    '-'.repeat(32),
    '车牌    鲁B12345',
    `入场${' '.repeat(12)}2026-03-02 06:00`,
    `出场${' '.repeat(12)}2026-03-02 08:00`,
    `车道${' '.repeat(24)}out1`,
    '-'.repeat(32),
    `停车费${' '.repeat(18)}12.50 元`,
    '实付    12.50 元',
    `支付方式${' '.repeat(20)}现金`,
    '-'.repeat(32),
    `缴费时间${' '.repeat(8)}2026-03-02 08:00`,
    `收款${' '.repeat(19)}小王 · A`,
    `凭条号${' '.repeat(26 - billId.length)}${billId}`,
    '-'.repeat(32),
    '客服 010-1234',
    '<qr>',
  ]);
  expect(await printing.print(ofPayment(billId), {}, ANNA)).toMatchObject({ copy: 2 });
  expect(lines(printer.papers[1])).toContain('【补打 第 1 次】');
  expect(printed()).toMatchObject([
    { what: 'payment', id: billId, copy: 1, deviceId: 'prn', automatic: false, outcome: 'done' },
    { what: 'payment', id: billId, copy: 2, outcome: 'done' },
  ]);
});

test('what was refused is no copy; what may lie on paper is', async () => {
  const { billId } = booth.pay(booth.enter(), 500);
  printer.next = async () => ({ outcome: 'refused', detail: '打印机缺纸，未打印' });
  expect(await printing.print(ofPayment(billId), {}, ANNA)).toMatchObject({ outcome: 'refused', copy: 1 });
  printer.next = async () => ({ outcome: 'unknown', detail: '' });
  expect(await printing.print(ofPayment(billId), {}, ANNA)).toMatchObject({ outcome: 'unknown', copy: 1 });
  printer.next = () => Promise.reject(new Error('a defect'));
  expect(await printing.print(ofPayment(billId), {}, ANNA)).toMatchObject({ outcome: 'unknown', copy: 2 });
  expect(printing.preview(ofPayment(billId), {})).toMatchObject({ copy: 3, printerId: 'prn', columns: 32 });
  expect(printer.papers.length).toBe(3);
});

test('a second press while it is printed is refused, not printed', async () => {
  const { billId } = booth.pay(booth.enter(), 500);
  let end: (ended: CommandOutcome) => void = () => undefined;
  printer.next = () =>
    new Promise((resolve) => {
      end = resolve;
    });
  const first = printing.print(ofPayment(billId), {}, ANNA);
  await expect(printing.print(ofPayment(billId), {}, ANNA)).rejects.toMatchObject({ reason: 'being-printed' });
  end(DONE);
  await first;
  expect(printer.papers.length).toBe(1);
});

/** A printer that takes its time: until the end of the test. */
const hanging = (): Promise<CommandOutcome> => new Promise((resolve) => ends.push(resolve));
const drawers = (): EventBody<'drawer-opened'>[] =>
  booth.store.read.journal.after(0, 500).flatMap((event) => (event.kind === 'drawer-opened' ? [event.body] : []));

test('what a crash cut short is told by the next start: nothing is done again, and the next receipt is a copy', async () => {
  const { billId } = booth.pay(booth.enter(), 500);
  printer.next = hanging;
  printer.nextKick = hanging;
  void printing.print(ofPayment(billId), {}, ANNA);
  void printing.openDrawer('prn', '换零钱', ANNA);
  await Promise.resolve();
  expect([printer.papers.length, printer.kicks, printed(), drawers()]).toEqual([1, 1, [], []]);

  printer.next = printer.nextKick = async () => DONE;
  const restarted = opened();
  const cut = { outcome: 'unknown', automatic: false, deviceId: 'prn' };
  const [paper, drawer] = [printed(), drawers()];
  expect(paper).toMatchObject([{ ...cut, what: 'payment', id: billId, copy: 1, detail: '打印途中工作站停止' }]);
  expect(drawer).toMatchObject([{ reason: '换零钱', outcome: 'unknown', detail: '弹开途中工作站停止' }]);
  const told = booth.store.read.journal.after(0, 500).find(({ kind }) => kind === 'receipt-printed');
  expect(told).toMatchObject({ actor: ANNA, laneId: 'out1', key: booth.store.read.payments.get(billId)?.uid });
  expect([printer.papers.length, printer.kicks]).toEqual([1, 1]);

  expect(await restarted.print(ofPayment(billId), {}, ANNA)).toMatchObject({ outcome: 'done', copy: 2 });
  expect(lines(printer.papers[1])).toContain('【补打 第 1 次】');
  // A start after an orderly end has nothing to tell.
  opened();
  expect([printed().length, drawers().length]).toEqual([2, 1]);
});

test('what cannot be written down does not leave', async () => {
  const { billId } = booth.pay(booth.enter(), 500);
  booth.temp.db.exec('DROP TABLE print_jobs');
  await expect(printing.openDrawer('prn', 'x', ANNA)).rejects.toThrow('print_jobs');
  await expect(printing.print(ofPayment(billId), {}, ANNA)).rejects.toThrow('print_jobs');
  expect([printer.papers.length, printer.kicks]).toEqual([0, 0]);
});

/** Paid in cash at the exit, and what is over is left to a platform: both in one transaction, as the lane books it. */
function payWithChange(amountFen: number): { readonly billId: string; readonly order: ChangeOrder } {
  const wanted = rules;
  rules = DEFAULT_RULES.printing;
  const paid = booth.pay(booth.enter(), 700, { by: '小王' });
  const order = { ...booth.keepChange(paid, amountFen, null), id: '712345678903', billId: 'bill-change' };
  rules = wanted;
  const [, event] = booth.store.read.journal.after(0, 500).filter(({ kind }) => kind !== 'receipt-printed');
  if (event?.kind !== 'bill-paid') throw new Error('no payment');
  const { seq: _seq, at: _at, hash: _hash, ...draft } = event;
  booth.store.write((tx) => {
    tx.record({ ...draft, body: { ...draft.body, billId: order.billId } });
    tx.record({
      ...{ kind: 'change-order-changed', key: order.uid, laneId: 'out1', passageId: null, actor: ANNA },
      body: { change: 'opened', order },
    });
  });
  return { billId: order.billId, order };
}

test('a change ticket carries the sum and the code of its order; a second one says that it is a copy', async () => {
  const { order } = payWithChange(300);
  const ofOrder = { what: 'change', id: order.id } as const;
  expect(await printing.print(ofOrder, {}, ANNA)).toMatchObject({ outcome: 'done', copy: 1, printerId: 'prn' });
  expect(lines(printer.papers[0])).toEqual([
    '中心停车场',
    '找零单',
    '-'.repeat(32),
    '找零     3.00 元',
    '<qr>',
    '请用手机扫码领取找零',
    '-'.repeat(32),
    `车牌${' '.repeat(20)}鲁B12345`,
    `应付${' '.repeat(21)}7.00 元`,
    `收到${' '.repeat(20)}10.00 元`,
    `缴费时间${' '.repeat(8)}2026-03-02 08:00`,
    `收款${' '.repeat(24)}小王`,
    `找零单号${' '.repeat(10)}${order.id.replace(/(\d{4})(?=\d)/g, '$1 ')}`,
    '-'.repeat(32),
    '凭码领取一次，请妥善保管',
  ]);
  expect(printer.papers[0]).toContainEqual({ kind: 'qr', text: `https://change.example.cn/?no=${order.id}` });
  expect(await printing.print(ofOrder, {}, ANNA)).toMatchObject({ copy: 2 });
  expect(lines(printer.papers[1])).toContain('【补打 第 1 次】');
  expect(printed()).toMatchObject([
    { what: 'change', id: order.id, copy: 1, automatic: false },
    { what: 'change', id: order.id, copy: 2 },
  ]);
  pageOf = null;
  expect(() => printing.preview(ofOrder, {})).toThrow(expect.objectContaining({ reason: 'change-not-offered' }));
  pageOf = 'keytop';
  booth.giveChange(order);
  expect(() => printing.preview(ofOrder, {})).toThrow(expect.objectContaining({ reason: 'change-over' }));
});

test.each([
  ['cash', ['payment', 'change']],
  ['all', ['payment', 'change']],
  ['off', []],
] as const)(
  'with receipts %s, a payment that leaves change to a platform prints %j by itself, all begun in one commit',
  async (receipt, whats) => {
    rules = { ...rules, receipt, drawer: receipt === 'off' ? 'off' : 'cash' };
    printer.next = hanging;
    payWithChange(300);
    const writes = vi.spyOn(booth.store, 'write');
    await booth.clock.advance(0);
    const begun = booth.store.read.printJobs.all().map(({ job }) => JSON.parse(job).body.what ?? 'drawer');
    // The drawer has opened already.
    expect(begun).toEqual(whats);
    expect([printer.papers.length, printer.kicks]).toEqual([whats.length, whats.length === 0 ? 0 : 1]);
    // All that began; and how the drawer ended.
    expect(writes).toHaveBeenCalledTimes(whats.length === 0 ? 0 : 2);
  },
);

test('where the page of the platform is gone, the receipt is printed all the same', async () => {
  rules = { ...rules, receipt: 'cash' };
  pageOf = null;
  const { billId } = payWithChange(300);
  await booth.clock.advance(0);
  await booth.clock.advance(0);
  expect(printed()).toMatchObject([{ what: 'payment', id: billId, automatic: true, outcome: 'done' }]);
});

test('what was taken back has no receipt, and what is not there neither', () => {
  const stay = booth.enter();
  const { billId, stay: paid } = booth.pay(stay, 500);
  booth.record({
    ...{ kind: 'payment-reversed', key: stay.uid, laneId: 'out1' },
    body: { billId, stay: { ...paid, paidFen: 0 }, amountFen: 500, method: 'cash', shiftId: null, reason: '掉头' },
  });
  expect(() => printing.preview(ofPayment(billId), {})).toThrow(
    expect.objectContaining({ reason: 'receipt-reversed' }),
  );
  expect(() => printing.preview(ofPayment('bill-none'), {})).toThrow('没有这笔收款');
});

test.each<[Partial<PrintingRules>, 'cash' | 'wechat', number, number]>([
  [{}, 'cash', 0, 0],
  [{ receipt: 'cash' }, 'cash', 1, 0],
  [{ receipt: 'cash' }, 'wechat', 0, 0],
  [{ receipt: 'all' }, 'wechat', 1, 0],
  [{ drawer: 'cash' }, 'cash', 0, 1],
  [{ drawer: 'cash', receipt: 'all' }, 'wechat', 1, 0],
])(
  'with %j, %s prints %i and opens %i, after the commit and waiting for nobody',
  async (over, method, papers, kicks) => {
    rules = { ...rules, ...over };
    let end: (ended: CommandOutcome) => void = () => undefined;
    printer.next = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    const { billId } = booth.pay(booth.enter(), 500, { method });
    // Stored, and nothing has begun yet: whoever took the money goes on.
    expect(booth.store.read.payments.get(billId)?.state).toBe('paid');
    expect([printer.papers.length, printer.kicks]).toEqual([0, 0]);
    await booth.clock.advance(0);
    expect([printer.papers.length, printer.kicks]).toEqual([papers, kicks]);
    end(DONE);
  },
);

test('by itself only at a lane, and not for nothing', async () => {
  rules = { ...rules, receipt: 'all', drawer: 'cash' };
  const stay = booth.enter();
  booth.pay(stay, 0);
  booth.pay(stay, 500, { lane: 'out2' });
  await booth.clock.advance(0);
  expect([printer.papers.length, printer.kicks]).toEqual([0, 0]);
});

test('the drawer by hand is written down with its reason', async () => {
  expect(await printing.openDrawer('prn', '换零钱', ANNA)).toMatchObject({ outcome: 'done' });
  const [event] = booth.store.read.journal.after(0, 50).filter(({ kind }) => kind === 'drawer-opened');
  expect(event).toMatchObject({
    actor: ANNA,
    laneId: 'in1',
    body: { deviceId: 'prn', reason: '换零钱', outcome: 'done' },
  });
  expect(() => printing.openDrawer('none', 'x', ANNA)).toThrow('没有打印机');
});

const discount = (index: number, amountFen: number) =>
  appliedDiscountSchema.parse({
    discount: {
      ...{ id: `d${index}`, kind: 'amount', value: amountFen, maxFen: null, minimumFen: 0, origin: `商户${index}` },
      ...{ originKind: 'merchant', couponId: null, grantedAt: 0 },
    },
    amountFen,
    text: '',
  });

test('the sums on paper are those of the journal, to the fen', () => {
  const random = seeded(11);
  const upTo = (most: number): number => Math.floor(random() * most);
  for (let round = 0; round < 60; round += 1) {
    const stay = booth.enter();
    const paidFen = 1 + upTo(99_999);
    const discounts = Array.from({ length: upTo(3) }, (_, index) => discount(index, 1 + upTo(5_000)));
    const discountFen = discounts.reduce((sum, each) => sum + each.amountFen, 0);
    const debts = Array.from({ length: upTo(3) }, () => 1 + upTo(9_999));
    const total = debts.reduce((sum, fen) => sum + fen, paidFen);
    const handed = random() < 0.5 ? total + upTo(10_000) : null;
    const kept = handed === null ? 0 : upTo(handed - total + 1);
    const billId = `bill-r${round}`;
    const about = { stay, lane: { id: 'out1', name: 'out1', number: 1 }, via: null, billedAt: 1, paidAt: 2, steps: [] };
    const own: EventBody<'bill-paid'> = {
      ...{
        ...about,
        billId,
        chargeFen: paidFen + discountFen,
        dueFen: paidFen,
        paidFen,
        method: 'cash',
        scene: 'gate',
      },
      ...{ discountFen, discounts, receivedFen: handed, changeFen: handed === null ? 0 : handed - total - kept },
      ...{ reference: null, attemptId: null, shiftId: null, debtId: null },
    };
    booth.record({ kind: 'bill-paid', key: stay.uid, body: own });
    for (const [index, fen] of debts.entries()) {
      const owing = booth.enter(48);
      booth.record({
        ...{ kind: 'bill-paid', key: owing.uid },
        body: {
          ...{ ...own, stay: owing, billId: `${billId}-a${index + 1}`, chargeFen: fen, dueFen: fen, paidFen: fen },
          ...{
            scene: 'arrears',
            discountFen: 0,
            discounts: [],
            receivedFen: null,
            changeFen: 0,
            debtId: `debt${index}`,
          },
        },
      });
    }
    const { document } = printing.preview(ofPayment(billId), {});
    const amounts = document.flatMap((block) =>
      block.kind === 'pair' && block.value.endsWith(' 元') ? [[block.name, block.value.slice(0, -2)] as const] : [],
    );
    const fen = (text: string): number => Math.round(Number(text) * 100);
    const parts = amounts.filter(([name]) => /^(停车费|优惠|补缴)/.test(name)).map(([, value]) => fen(value));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
    expect(pairValue(document, '实付')).toBe(`${fenToYuanText(total)} 元`);
    const change = amounts.filter(([name]) => name.endsWith('找零')).map(([, value]) => fen(value));
    if (handed !== null && handed !== total)
      expect(fen(pairValue(document, '收到')?.slice(0, -2) ?? '')).toBe(
        total + change.reduce((sum, part) => sum + part, 0),
      );
    else expect(change).toEqual([]);
  }
});

test('the shift slip has every figure of the report, and lines to sign on', async () => {
  const wang = cashier('小王');
  const { id } = booth.shifts.open({ booth: 'A', floatFen: 20_037 }, wang);
  booth.car(1_003, { by: '小王' });
  booth.car(607, { method: 'wechat' });
  booth.release(1_511, '小王', '特种车辆');
  booth.owe(919, '小王');
  booth.openByHand('小王', '设备故障');
  booth.shifts.payOut(id, { amountFen: 451, remark: '买打印纸' }, wang);
  booth.recharge(10_007, id);
  booth.handOver(id, wang, { 10000: 3, 10: 3 }, '多收');
  const report = shiftReport(booth.store.read, booth.shifts.get(id), lanes, booth.clock.now());
  expect(await printing.print({ what: 'shift', report }, {}, ANNA)).toMatchObject({
    outcome: 'done',
    printerId: 'prn',
  });
  const [paper] = printer.papers;
  const text = lines(paper).join('\n');
  const { drawer, shift } = report;
  const figures = [
    ...[shift.floatFen, drawer.cashInFen, drawer.paidOutFen, drawer.expectedFen, shift.countedFen, shift.differenceFen],
    ...[...report.received, ...report.recharges, ...report.released].map(({ amountFen }) => amountFen),
    ...[report.debtsLetOut.amountFen, report.debtsCollected.amountFen],
  ];
  for (const fen of figures) expect(text).toContain(`${fenToYuanText(fen ?? Number.NaN)} 元`);
  expect(pairValue(paper, '入场')).toBe(String(report.entries));
  expect(pairValue(paper, '出场')).toBe(String(report.exits));
  for (const words of ['设备故障', '买打印纸', '差额原因：多收', '交班人：', '接班人：', '车场经理：'])
    expect(text).toContain(words);
});
