import type { Evidence } from '../../../shared/contract/evidence.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { span } from '../journal/instants.ts';
import { type Html, html } from './markup.ts';
import { plateText, readable, term, yuan } from './terms.ts';

export function summary({ stay }: Evidence): Html {
  const until = stay.exitedAt === null ? null : fromRfc3339(stay.exitedAt) - fromRfc3339(stay.enteredAt);
  const pairs: readonly (readonly [string, string])[] = [
    ['车牌', plateText(stay.plate)],
    ['记录状态', term('status', stay.status)],
    ['入场时间', readable(stay.enteredAt)],
    ['入场车道', stay.entryLane.name],
    ['离场时间', stay.exitedAt === null ? '尚未离场' : readable(stay.exitedAt)],
    ['出场车道', stay.exitLane?.name ?? '—'],
    ['停放时长', until === null ? '—' : span(until)],
    ['车型 / 性质', `${term('vehicleClass', stay.vehicleClass)} / ${term('parkingType', stay.parkingType)}`],
    ['停车费', yuan(stay.chargeFen)],
    ['应收', yuan(stay.dueFen)],
    ['已收', yuan(stay.paidFen)],
    ['记录编号', stay.uid],
  ];
  return html`<dl>${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/**
 * What a reader must not overlook, each in a sentence that names its section: that something was put right or opened by hand is
 * no fault, but whoever judges must have seen it.
 */
export function gist(evidence: Evidence): Html {
  const { stay, corrections, waiting, movements, payments, refunds, around, messages } = evidence;
  const sum = (amounts: readonly number[]): string => yuan(amounts.reduce((total, amount) => total + amount, 0));
  const byHand = movements.filter((move) => move.origin === 'manual' || move.origin === 'released');
  const silent = movements.filter((move) => move.outcome !== 'done');
  const undelivered = messages.filter((message) => message.status !== 'delivered');
  const methods = [...new Set(payments.map((paid) => term('method', paid.method)))].join('、');
  const kept = payments.filter((paid) => !paid.reversed).map((paid) => paid.paidFen);
  const left =
    stay.exitedAt === null ? '目前没有离场记录' : `于 ${readable(stay.exitedAt)} 由 ${stay.exitLane?.name ?? '—'} 离场`;
  const lines: readonly (string | false)[] = [
    `${plateText(stay.plate)} 于 ${readable(stay.enteredAt)} 由 ${stay.entryLane.name} 入场，${left}。`,
    payments.length > 0 ? `共缴费 ${payments.length} 笔，合计 ${sum(kept)}（${methods}）。` : '没有缴费记录。',
    refunds.length > 0 && `有退款 ${refunds.length} 笔（见六）。`,
    corrections.length > 0 && `记录经过 ${corrections.length} 次更正（见四）。`,
    waiting.length > 0 && `有 ${waiting.length} 次转由人工处理（见四）。`,
    byHand.length > 0 && `有 ${byHand.length} 次人工操作闸杆（见七）。`,
    silent.length > 0 && `有 ${silent.length} 条闸杆指令没有得到设备确认（见七）。`,
    around.length > 0 && `同期有 ${around.length} 条设备、断电或时钟方面的情况（见八）。`,
    undelivered.length > 0 && `有 ${undelivered.length} 条上报尚未送达平台（见九）。`,
  ];
  const shown = lines.filter((line) => line !== false);
  return html`<ul>${shown.map((line) => html`<li>${line}</li>`)}</ul>`;
}
