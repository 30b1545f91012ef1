import type { EventBody, EventKind, JournalEvent } from '../../../shared/domain/events.ts';
import { type Attempt, isOverDebt, toPayFen } from '../../../shared/domain/money-flow.ts';
import { span } from '../journal/instants.ts';
import { correctionText } from './corrections.ts';
import { dateTime, plateText, term, yuan } from './terms.ts';

/** One row of the journal in words: what it is, and what it says. */
export interface Told {
  readonly title: string;
  readonly text: string;
}

type Teller<K extends EventKind> = (body: EventBody<K>) => Told;

const told = (title: string, ...parts: readonly (string | null | false)[]): Told => ({
  title,
  text: parts.filter((part) => typeof part === 'string' && part !== '').join('；'),
});
const because = (reason: string | null): string => (reason ? `原因：${reason}` : '');

const PAPERS = { payment: '小票', change: '找零单', shift: '班次报表', test: '测试页' } as const;

/** 待核实 and 保付 are told before the bare state. */
function attemptCode({ state, setAside, guarantee }: Attempt): string {
  if (setAside && (state === 'unknown' || state === 'reversing')) return 'set-aside';
  return state === 'paid' && guarantee !== null ? `guarantee-${guarantee}` : state;
}

/** Kinds that can stand in the evidence of a stay. Others, and kinds of a later version, are told by their fields. */
const tellers: { readonly [K in EventKind]?: Teller<K> } = {
  'plate-read': (b) =>
    told(
      b.stored ? '相机补传的识别' : '车牌识别',
      plateText(b.plate),
      b.confidence !== null && `可信度 ${b.confidence}`,
      `相机 ${b.deviceId}`,
      b.capturedAt !== null && `相机时间 ${dateTime(b.capturedAt)}`,
      b.openedByCamera === true && '相机自行开闸',
    ),
  'vehicle-entered': (b) =>
    told(
      '车辆入场',
      plateText(b.stay.plate),
      b.lane.name,
      term('entered', b.how),
      `入场时间 ${dateTime(b.stay.enteredAt)}`,
    ),
  'vehicle-exited': (b) =>
    told(
      '车辆离场',
      plateText(b.stay.plate),
      b.lane.name,
      term('exited', b.how),
      `应收 ${yuan(b.stay.dueFen)}，已收 ${yuan(b.stay.paidFen)}`,
      b.stay.waivedFen > 0 && `免收 ${yuan(b.stay.waivedFen)}`,
      b.stay.owedFen > 0 && `欠费 ${yuan(b.stay.owedFen)}`,
      b.feeUnknown === true && '第三方没有给出停车费',
      because(b.reason),
    ),
  'stay-closed': (b) => told('停车记录结束', plateText(b.stay.plate), because(term('closed', b.reason))),
  'stay-corrected': (b) => {
    const { before, after } = correctionText(b.before, b.stay);
    return told(`更正${term('corrected', b.what)}`, `由 ${before} 改为 ${after}`, because(b.reason));
  },
  'plate-corrected': (b) => told('更正车牌', `由 ${plateText(b.before)} 改为 ${plateText(b.after)}`),
  'discount-granted': (b) => told('给予优惠', `来自 ${b.discount.origin}`),
  'bill-issued': (b) =>
    told('出具账单', `账单 ${b.bill.id}`, `应收 ${yuan(isOverDebt(b.bill) ? toPayFen(b.bill) : b.bill.dueFen)}`),
  'bill-voided': (b) => told('账单作废', `账单 ${b.bill.id}`, because(term('voided', b.reason))),
  'bill-paid': (b) =>
    told(
      '缴费',
      `账单 ${b.billId}`,
      `实收 ${yuan(b.paidFen)}（${term('method', b.method)}，${term('scene', b.scene)}）`,
      b.receivedFen !== null && `收到 ${yuan(b.receivedFen)}，找零 ${yuan(b.changeFen)}`,
    ),
  'attempt-changed': (b) =>
    told(
      '收款尝试',
      `${term('method', b.attempt.method)} ${yuan(b.attempt.amountFen)}`,
      term('attempt', attemptCode(b.attempt)),
      b.attempt.detail,
    ),
  'payment-reversed': (b) => told('撤销收款', `账单 ${b.billId}`, yuan(b.amountFen), because(b.reason)),
  'refund-changed': (b) =>
    told('退款', yuan(b.refund.amountFen), term('refund', b.refund.state), because(b.refund.reason)),
  'change-order-changed': ({ change, order }) =>
    told(
      { opened: '扫码找零', given: '第三方已找零', settled: '现金补找' }[change],
      `找零订单 ${order.id}`,
      yuan(order.amountFen),
      change === 'opened' && `应缴 ${yuan(order.payFen)}，收到 ${yuan(order.receivedFen)}`,
      order.settled?.why === 'turned-back' && '车辆未离场',
    ),
  'case-changed': (b) => told('异常登记', b.case.detail, b.case.resolution),
  'gap-changed': (b) =>
    told(
      b.gap.kind === 'held-open' ? '闸杆常抬时段' : '相机失效时段',
      `${dateTime(b.gap.from)} 至 ${b.gap.to === null ? '仍在持续' : dateTime(b.gap.to)}`,
    ),
  'photo-taken': (b) => told('拍照', term('purpose', b.purpose), `文件 ${b.name}，${b.bytes} 字节`),
  'passage-waiting': (b) => told('等待人工处理', plateText(b.plate), because(term('attention', b.reason))),
  'passage-approved': (b) => told('核对放行', term('attention', b.attention), because(b.reason)),
  'debt-changed': (b) =>
    told(
      b.debt.state === 'open' ? '记欠费' : b.debt.state === 'paid' ? '欠费缴清' : '核销欠费',
      yuan(b.debt.amountFen),
    ),
  'passage-ended': (b) => told('通行结束', plateText(b.plate), term('ended', b.how), because(b.reason)),
  'gate-commanded': (b) =>
    told(`下发${term('action', b.action)}指令`, term('origin', b.origin), because(b.reason), `指令 ${b.commandId}`),
  'gate-answered': (b) =>
    told(b.corrects ? '更正闸机应答' : '闸机应答', term('outcome', b.outcome), b.detail, `指令 ${b.commandId}`),
  'authority-answered': (b) => told('平台答复是否放行', term('platform', b.platform), b.answer, b.detail),
  'authority-told': (b) =>
    told(
      { held: '常抬期间告知平台', 'gave-up': '平台无应答，转失败记录', unanswered: '平台未及答复，转失败记录' }[b.why],
      term('platform', b.platform),
      plateText(b.plate),
    ),
  'gate-refused': (b) =>
    told(`未执行平台的${term('action', b.action)}指令`, term('platform', b.platform), b.plate, because(b.reason)),
  'gate-crossed': (b) => told('车辆过闸', b.plate && plateText(b.plate)),
  'followed-through': (b) => told('跟车闯闸', b.plate && plateText(b.plate)),
  'area-crossed': (b) => told('场内换区', `${b.fromArea} → ${b.toArea}`),
  'berth-changed': (b) => told('泊位登记', b.berth.code),
  'berth-observed': (b) => told(b.state.occupied ? '泊位有车' : '泊位已空', b.berth.code),
  'device-state': (b) => told(b.state === 'online' ? '设备恢复在线' : '设备离线', b.deviceId, b.detail),
  'lane-input': (b) => told('地感等输入', `${b.role} ${b.on ? '触发' : '恢复'}`, b.deviceId),
  alarm: (b) => told(b.cleared ? '报警解除' : `报警（${term('severity', b.severity)}）`, b.detail),
  'message-retried': (b) => told('重发上报', `${term('platform', b.platform)} ${b.message} #${b.outboxId}`),
  'message-discarded': (b) =>
    told('放弃上报', `${term('platform', b.platform)} ${b.message} #${b.outboxId}`, because(b.reason)),
  'messages-handled': (b) =>
    told(b.action === 'retry' ? '批量重发上报' : '批量放弃上报', `${b.count} 条`, because(b.reason)),
  'messages-repaired': (b) => told('补报', term('platform', b.platform), `补入 ${b.inserted} 条，重发 ${b.retried} 条`),
  'day-check-acknowledged': (b) => told('确认对账差异', term('platform', b.platform), b.day, because(b.reason)),
  'station-started': (b) =>
    told(
      b.previous === 'crashed' ? '断电或异常退出后重新启动' : '工作站启动',
      b.downMs !== null && `无人值守 ${span(b.downMs)}`,
    ),
  'config-applied': (b) =>
    told('系统设置更新', b.changeCount > 0 && `${b.changeCount} 处`, b.revision !== null && `第 ${b.revision} 版`),
  'backup-made': (b) => told('备份数据', b.id),
  'backup-removed': (b) => told('删除备份', b.id),
  'backup-restored': (b) => told('恢复备份', b.id, `其后 ${b.lostRows} 条记录不再计入，原数据保存为 ${b.keptAs}`),
  'backups-configured': () => told('修改备份设置'),
  'station-stopped': () => told('工作站正常停止'),
  'clock-jumped': (b) => told('电脑时钟被调整', `${b.byMs < 0 ? '调慢' : '调快'} ${span(b.byMs)}`),
  'display-tested': (b) =>
    told('显示屏测试', b.deviceId, b.lines.join(' / '), b.speech !== undefined && `语音：${b.speech}`),
  'device-raw-sent': (b) => told('向设备发送原始字节', b.deviceId, b.hex, because(b.reason)),
  'receipt-printed': (b) =>
    told(
      `${b.copy > 1 ? '补打' : '打印'}${PAPERS[b.what]}`,
      b.what === 'test' ? null : b.id,
      b.copy > 1 && `第 ${b.copy} 张`,
      b.automatic && '自动',
      `打印机 ${b.deviceId}`,
      b.outcome !== 'done' && `${term('outcome', b.outcome)}：${b.detail}`,
    ),
  'drawer-opened': (b) =>
    told(
      b.reason === null ? '收现金弹开钱箱' : '手动弹开钱箱',
      b.deviceId,
      because(b.reason),
      b.outcome !== 'done' && `${term('outcome', b.outcome)}：${b.detail}`,
    ),
  'practice-started': () => told('进入训练模式'),
  'practice-ended': (b) => told('训练结束', b.trainee, `自 ${dateTime(b.from)}`, `练习 ${b.lessons} 次`),
  exported: (b) => told('导出数据', `${b.what}，${b.rows} 行，文件摘要 SHA-256 ${b.sha256}`),
  'evidence-exported': (b) => told('导出证据', `文件摘要 SHA-256 ${b.sha256}`),
};

function tell<K extends EventKind>(kind: K, body: EventBody<K>): Told | undefined {
  return tellers[kind]?.(body);
}

/** An event in words, or its kind and its fields where there are no words for it. */
export function words(event: JournalEvent): Told {
  return tell(event.kind, event.body) ?? plainWords(event.kind, event.body);
}

/** For what this version does not know: nothing is left out. */
export function plainWords(kind: string, body: unknown): Told {
  return { title: kind, text: JSON.stringify(body) };
}
