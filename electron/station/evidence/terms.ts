import { type Fen, fenToYuanText } from '../../../shared/domain/money.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { type EpochMs, fromRfc3339, shanghaiDateTime } from '../../../shared/domain/time.ts';

/** The field's words for the codes of the vocabulary, as a reader outside the trade expects them on paper. */
const TERMS = {
  status: { inside: '在场', left: '已离场', abnormal: '异常结束' },
  color: {
    blue: '蓝',
    yellow: '黄',
    white: '白',
    black: '黑',
    green: '绿',
    'yellow-green': '黄绿',
    unknown: '颜色未知',
  },
  vehicleClass: { small: '小型车', medium: '中型车', large: '大型车' },
  parkingType: { temporary: '临时停车', monthly: '包月', shared: '共享车位', special: '特殊（白名单）' },
  entered: { automatic: '自动识别', attendant: '人工放行', 'by-hand': '人工补录' },
  exited: {
    free: '免费时间内',
    whitelist: '白名单',
    paid: '已缴费',
    released: '人工免费放行',
    covered: '卡、预约或访客时段内',
    debt: '欠费离场',
    'held-open': '常抬期间驶离',
    'departure-pay': '先离场后付费',
  },
  method: {
    cash: '现金',
    alipay: '支付宝',
    wechat: '微信',
    unionpay: '银联',
    etc: 'ETC',
    platform: '平台代收',
    card: '卡内余额',
    pos: '刷卡',
  },
  scene: { gate: '出入口缴费', prepaid: '场内提前缴费', 'after-departure': '先离场后缴费', arrears: '补缴欠费' },
  action: { open: '抬杆', close: '落杆', hold: '常抬', 'release-hold': '取消常抬' },
  origin: {
    decision: '系统按规则放行',
    payment: '缴费后放行',
    released: '人工放行',
    manual: '人工手动操作',
    platform: '平台远程操作',
  },
  outcome: { pending: '没有结果的记录', done: '已执行', refused: '设备拒绝', unknown: '设备未应答' },
  attention: {
    'unread-plate': '车牌未识别',
    unlicensed: '车辆无牌',
    'no-entry': '没有入场记录',
    'near-match': '没有完全相同的车牌，有相近车牌在场',
    'seen-again': '该车牌刚刚离场，又被识别',
    blacklisted: '黑名单车辆',
    arrears: '有欠费未缴',
    'lot-full': '车位已满',
    'card-expired': '车卡已过期',
    'card-surplus': '车卡的车位已被占满',
    'quota-full': '预留车位已满',
    'area-closed': '该区域不允许进入',
    confirm: '按规定须人工确认',
    doubtful: '停放期间有车辆漏记的时段，须核对后计费',
    'amount-check': '金额异常，须人工核对',
    'no-tariff': '没有适用的收费规则',
    'fee-unknown': '第三方没有给出停车费',
    'clock-reversed': '入场时间晚于当时的电脑时间',
    'remote-refused': '平台不同意放行',
    'remote-silent': '平台没有答复',
  },
  ended: {
    passed: '车辆已通过',
    'next-car': '后车到达',
    'turned-back': '车辆掉头',
    cancelled: '人工取消',
    closed: '关闭',
  },
  purpose: { entry: '入场照片', exit: '出场照片', manual: '人工操作照片', stored: '相机补传照片' },
  corrected: {
    plate: '车牌',
    time: '时间',
    fee: '费用',
    void: '作废',
    terms: '停车性质',
    review: '存疑复核',
    reopened: '撤销离场',
  },
  refund: { requested: '已申请', approved: '已批准', done: '已退款', rejected: '已驳回', failed: '退款失败' },
  bill: { open: '未缴', paid: '已缴', void: '已作废' },
  attempt: {
    created: '已登记',
    sent: '已发出',
    paid: '成功',
    declined: '被拒',
    unknown: '结果不明',
    reversing: '撤销中',
    reversed: '已撤销',
    abandoned: '未发出即放弃',
    'set-aside': '待核实，已可另行收款',
    'guarantee-pending': '保付，待到账',
    'guarantee-confirmed': '保付，已到账',
  },
  platform: { qingdao: '青岛', shenzhen: '深圳', keytop: '科拓', vanke: '万科', cmb: '招行' },
  message: {
    waiting: '等待发送',
    delivered: '已送达',
    refused: '被对方拒绝',
    discarded: '人工放弃',
    'given-up': '推送失败，留存待查',
  },
  severity: { info: '提示', warning: '注意', alarm: '报警' },
  /** Why a bill went. */
  voided: {
    'made-anew': '重新计费',
    expired: '账单过期',
    'debt-paid': '欠费已另行缴清',
    'debt-settled': '欠费已结清或已核销',
    'turned-back': '车辆未离场，放行已撤销',
    released: '人工免费放行',
    debt: '欠费离场',
    part: '部分补缴，余额仍为欠费',
    free: '无需缴费',
    'plate-corrected': '更正车牌',
    identified: '确认无牌车身份',
    'another-stay': '改为另一条停车记录',
  },
  closed: { 'entered-again': '同一车牌再次入场，前一条记录按异常结束' },
};

const lists: Readonly<Record<keyof typeof TERMS, Readonly<Record<string, string>>>> = TERMS;

/** The word for a code; the code itself where there is none, because a newer vocabulary must still be readable. */
export function term(list: keyof typeof TERMS, code: string): string {
  return lists[list][code] ?? code;
}

export const yuan = (fen: Fen): string => `${fenToYuanText(fen)} 元`;

export function plateText(plate: Plate): string {
  const name = plate.text === '' ? (plate.kind === 'none' ? '无牌车' : '车牌未识别') : plate.text;
  return plate.text === '' ? name : `${name}（${term('color', plate.color)}）`;
}

export const dateTime = (at: EpochMs | null): string => (at === null ? '—' : shanghaiDateTime(at));

/** The API's form of an instant, as people read it. */
export const readable = (rfc3339: string | null): string =>
  rfc3339 === null ? '—' : shanghaiDateTime(fromRfc3339(rfc3339));
