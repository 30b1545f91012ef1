import type { Evidence } from '../../../shared/contract/evidence.ts';
import { type Html, html } from './markup.ts';
import { plateText, readable, term, yuan } from './terms.ts';

/** A photo's content as it was found; `undefined` when its file is gone or not the one that was taken. */
export type PhotoContents = ReadonlyMap<string, Uint8Array | undefined>;

const none = (text: string): Html => html`<p class="none">${text}</p>`;

/** A table, or a sentence that there is nothing: an empty section must not look like a forgotten one. */
function table(heads: readonly string[], rows: readonly Html[], otherwise: string): Html {
  if (rows.length === 0) return none(otherwise);
  const head = heads.map((text) => html`<th>${text}</th>`);
  return html`<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

const who = (name: string): string => (name === 'station' ? '系统' : name);

export function photos(evidence: Evidence, contents: PhotoContents): Html {
  if (evidence.photos.length === 0) return none('没有照片。');
  const figures = evidence.photos.map((photo) => {
    const content = contents.get(photo.id);
    const title = term('purpose', photo.purpose);
    const picture = content
      ? html`<img alt="${title}" src="data:image/jpeg;base64,${Buffer.from(content).toString('base64')}">`
      : html`<div class="gone">照片文件缺失，或内容与登记的摘要不符</div>`;
    return html`<figure>${picture}<figcaption><b>${title}</b>　${readable(photo.takenAt)}<br>车道：${photo.lane ?? '—'}　操作人：${who(photo.actor)}　流水第 ${photo.seq} 条<br><span class="h">SHA-256 ${photo.sha256}</span></figcaption></figure>`;
  });
  return html`<div class="photos">${figures}</div>`;
}

export function reads(evidence: Evidence): Html {
  const rows = evidence.reads.map(
    (read) =>
      html`<tr><td class="n">${read.seq}</td><td class="t">${readable(read.at)}</td><td class="l">${read.lane ?? '—'}</td><td>${plateText(read.plate)}</td><td class="n">${read.confidence === null ? '—' : `${read.confidence}`}</td><td>${read.deviceId}${read.stored ? '（补传）' : ''}${read.openedByCamera ? '（相机自行开闸）' : ''}</td></tr>`,
  );
  return table(['流水号', '时间', '车道', '识别结果', '可信度', '相机'], rows, '没有相机识别记录（人工登记）。');
}

export function edits(evidence: Evidence): Html {
  const corrections = evidence.corrections.map(
    (edit) =>
      html`<tr><td class="n">${edit.seq}</td><td class="t">${readable(edit.at)}</td><td>更正${term('corrected', edit.what)}</td><td>${edit.before}</td><td>${edit.after}</td><td>${edit.reason || '—'}</td><td>${who(edit.actor)}</td></tr>`,
  );
  const waiting = evidence.waiting.map(
    (wait) =>
      html`<tr><td class="n">${wait.seq}</td><td class="t">${readable(wait.at)}</td><td class="l">${wait.lane ?? '—'}</td><td>${plateText(wait.plate)}</td><td>${term('attention', wait.reason)}</td></tr>`,
  );
  return html`${table(['流水号', '时间', '内容', '更正前', '更正后', '原因', '操作人'], corrections, '没有更正。')}${table(
    ['流水号', '时间', '车道', '车牌', '需要人工处理的原因'],
    waiting,
    '没有等待人工处理的情况。',
  )}`;
}

export function fees(evidence: Evidence): Html {
  if (evidence.bills.length === 0) return none('没有账单：本次停车没有产生需要缴纳的费用。');
  const bills = evidence.bills.map((bill) => {
    const line = (text: string, fen: number): Html => html`<tr><td>${text}</td><td class="n">${yuan(fen)}</td></tr>`;
    const steps = bill.steps.map((step) => line(step.text, step.amountFen));
    const discounts = bill.discounts.map((discount) => line(`优惠：${discount.text}`, -discount.amountFen));
    return html`<p>账单 ${bill.billId}（${term('bill', bill.state)}），计费时间 ${readable(bill.billedAt)}，流水第 ${bill.seq} 条</p><table><thead><tr><th>收费明细</th><th>金额</th></tr></thead><tbody>${steps}${discounts}<tr class="sum"><td>本账单：停车费 ${yuan(bill.chargeFen)}，优惠 ${yuan(bill.discountFen)}，应收</td><td class="n">${yuan(bill.dueFen)}</td></tr></tbody></table>`;
  });
  return html`${bills}`;
}

export function money(evidence: Evidence): Html {
  const payments = evidence.payments.map(
    (paid) =>
      html`<tr><td class="n">${paid.seq}</td><td class="t">${readable(paid.paidAt)}</td><td>${term('method', paid.method)}${paid.via === null ? '' : `（${term('platform', paid.via)}）`}</td><td>${term('scene', paid.scene)}</td><td class="n">${yuan(paid.paidFen)}${paid.reversed ? '（已撤销）' : ''}</td><td>${paid.receivedFen === null ? '—' : `收 ${yuan(paid.receivedFen)}，找 ${yuan(paid.changeFen)}`}</td><td>${who(paid.actor)}</td></tr>`,
  );
  const refunds = evidence.refunds.map(
    (refund) =>
      html`<tr><td class="n">${refund.seq}</td><td class="t">${readable(refund.at)}</td><td class="n">${yuan(refund.amountFen)}</td><td>${term('refund', refund.state)}</td><td>${refund.reason}</td><td>${who(refund.by)}</td></tr>`,
  );
  return html`${table(['流水号', '缴费时间', '方式', '场景', '实收', '收款与找零', '收款人'], payments, '没有缴费。')}${table(
    ['流水号', '时间', '退款金额', '状态', '原因', '经办人'],
    refunds,
    '没有退款。',
  )}`;
}

export function movements(evidence: Evidence): Html {
  const rows = evidence.movements.map(
    (move) =>
      html`<tr><td class="n">${move.seq}</td><td class="t">${readable(move.at)}</td><td class="l">${move.lane ?? '—'}</td><td>${term('action', move.action)}</td><td>${term('origin', move.origin)}${move.reason ? `：${move.reason}` : ''}</td><td>${who(move.actor)}</td><td>${term('outcome', move.outcome)}${move.answeredSeq === null ? '' : `（流水第 ${move.answeredSeq} 条）`}</td></tr>`,
  );
  return table(['流水号', '时间', '车道', '动作', '依据与原因', '操作人', '设备结果'], rows, '没有闸杆动作。');
}

export function around(evidence: Evidence): Html {
  const rows = evidence.around.map(
    (line) =>
      html`<tr><td class="n">${line.seq}</td><td class="t">${readable(line.at)}</td><td class="l">${line.lane ?? '全场'}</td><td>${line.title}</td><td>${line.text}</td></tr>`,
  );
  return table(
    ['流水号', '时间', '车道', '情况', '说明'],
    rows,
    '停放期间没有断电、停机或时钟调整；车辆在车道时没有设备故障和报警。',
  );
}

export function messages(evidence: Evidence): Html {
  const rows = evidence.messages.map(
    (message) =>
      html`<tr><td class="n">${message.journalSeq}</td><td>${term('platform', message.platform)}</td><td>${message.message}</td><td>${term('message', message.status)}</td><td class="n">${message.attempts}</td><td class="t">${readable(message.deliveredAt)}</td><td>${message.lastError ?? (message.maybeDelivered ? '曾发出而没有收到答复' : '—')}</td></tr>`,
  );
  return table(['流水号', '平台', '接口', '状态', '次数', '送达时间', '备注'], rows, '没有需要上报的平台。');
}

export function timeline(evidence: Evidence): Html {
  const rows = evidence.timeline.map(
    (row) =>
      html`<tr class="${row.relation === 'around' ? 'around' : ''}"><td class="n">${row.seq}</td><td class="t">${readable(row.at)}</td><td class="l">${row.lane ?? '—'}</td><td>${who(row.actor.name)}</td><td><b>${row.title}</b>　${row.text}</td></tr>`,
  );
  return table(['流水号', '时间', '车道', '操作人', '经过'], rows, '没有流水。');
}

export function chain(evidence: Evidence): Html {
  const rows = evidence.timeline.map(
    (row) =>
      html`<tr class="${row.intact ? '' : 'bad'}"><td class="n">${row.seq}</td><td class="h">${row.previousHash}</td><td class="h">${row.hash}</td><td class="t">${row.intact ? '相符' : '不符'}</td></tr>`,
  );
  return table(['流水号', '前一条摘要', '本条摘要', '核对'], rows, '没有流水。');
}
