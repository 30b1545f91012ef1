import { fenToYuanText } from '../../../../shared/domain/money.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { FewAtOnce } from '../few-at-once.ts';
import type { LookedUp } from '../platform.ts';
import { noteArrears } from './arrears.ts';
import { plateOf } from './bill-fields.ts';
import { isWritable } from './codes.ts';
import type { QingdaoContext } from './context.ts';
import { noteContract } from './contracts.ts';
import { getDeparturePayInfo } from './messages/getDeparturePayInfo.ts';
import { getOverDueResult } from './messages/getOverDueResult.ts';

type Part = LookedUp;

/**
 * Asks what the platform knows of a car: its arrears, and its contract while it is inside, for a contract counts for one stay. What it
 * tells is in the registry when this resolves.
 */
export async function lookUp(context: QingdaoContext, plate: string, signal: AbortSignal): Promise<LookedUp> {
  const stay = context.station().read.stays.inside(plate);
  const parts = await Promise.all([
    arrears(context, plate, stay, signal),
    ...(stay === undefined ? [] : [contract(context, stay, signal)]),
  ]);
  const detail = parts.map((part) => part.detail).join('；');
  const worst = (['failed', 'known'] as const).find((kind) => parts.some((part) => part.kind === kind));
  return { kind: worst ?? 'none', detail };
}

async function arrears(
  context: QingdaoContext,
  plate: string,
  stay: Stay | undefined,
  signal: AbortSignal,
): Promise<Part> {
  const { settings, clock } = context;
  const at = clock.now();
  const colour = stay === undefined ? null : plateOf(stay, settings).plateColor;
  const question = { parkingCode: settings.parkingCode, plateNo: plate, plateColor: colour };
  const reply = await context.ask(getOverDueResult, question, signal);
  if (reply.kind === 'failed' || reply.kind === 'refused')
    return { kind: 'failed', detail: `欠费未查到：${reply.reason}` };
  const told =
    reply.kind === 'answered'
      ? { count: reply.answer.overDueCount, unPayFen: reply.answer.unPay, prevent: reply.answer.prevent }
      : { count: 0, unPayFen: 0, prevent: null };
  noteArrears(context, { ...told, plate, at });
  if (told.unPayFen === 0) return { kind: 'none', detail: '无欠费' };
  const bills = told.count === null ? '' : ` ${told.count} 笔，共`;
  return { kind: 'known', detail: `欠费${bills} ${fenToYuanText(told.unPayFen)} 元` };
}

async function contract(context: QingdaoContext, stay: Stay, signal: AbortSignal): Promise<Part> {
  const { settings } = context;
  const question = { parkingCode: settings.parkingCode, ...plateOf(stay, settings) };
  const reply = await context.ask(getDeparturePayInfo, question, signal);
  if (reply.kind === 'failed' || reply.kind === 'refused')
    return { kind: 'failed', detail: `签约未查到：${reply.reason}` };
  const told =
    reply.kind === 'answered'
      ? { ...reply.answer, moneyLimitFen: reply.answer.moneyLimit }
      : { noSense: 0, departurePay: 0, moneyLimitFen: null };
  // The answer may have taken its time.
  if (context.station().read.stays.get(stay.uid)?.status !== 'inside') return { kind: 'none', detail: '车辆已离场' };
  const kind = noteContract(context, stay, told);
  if (kind === 'none') return { kind: 'none', detail: '未签约' };
  const limit = told.moneyLimitFen === null ? '' : `，额度 ${fenToYuanText(told.moneyLimitFen)} 元`;
  return { kind: 'known', detail: kind === 'auto-pay' ? '已签约自动扣款' : `已签约先离场后付费${limit}` };
}

/** Asks about cars as they come in, where nobody tells by himself. Off the lane's path, and silent when it fails. */
export class EntryLookUp {
  readonly #context: QingdaoContext;
  readonly #offline: () => boolean;
  readonly #line: FewAtOnce;
  #listening: Cancel = () => undefined;

  constructor(context: QingdaoContext, offline: () => boolean) {
    this.#context = context;
    this.#offline = offline;
    this.#line = new FewAtOnce((plate, signal) => lookUp(context, plate, signal), context.log);
  }

  start(): void {
    const { settings, station, clock } = this.#context;
    if (settings.lookUp.atEntry === 'never') return;
    this.#listening = station().onCommitted((events) => {
      for (const event of events) {
        if (event.kind !== 'vehicle-entered' || !isWritable(event.body.stay.plate)) continue;
        if (settings.lookUp.atEntry === 'offline' && !this.#offline()) continue;
        this.#line.add(event.body.stay.plate.text);
        clock.after(0, () => this.#line.next());
      }
    });
  }

  stop(): void {
    this.#line.stop();
    this.#listening();
  }
}
