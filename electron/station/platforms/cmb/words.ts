import type { MessageWords } from '../platform.ts';
import { allMessages } from './messages.ts';

/** What the fields of all messages are called. One name means one thing throughout the specification. */
const fields: Readonly<Record<string, string>> = {
  park_code: '车场编号',
  vpl_number: '车牌号',
  record_id: '停车记录 id',
  in_code: '入口编号',
  out_code: '出口编号',
  in_time: '进场时间',
  out_time: '出场时间',
  car_type: '车辆类型',
  power_type: '动力类型',
  body_color: '车身颜色',
  plate_color: '车牌颜色',
  logo: '车标',
  auth_type: '授权类型',
  model: '车型',
  owner: '车主',
  charge_items: '支付记录',
  should_pay: '应收（分）',
  actual_pay: '实收（分）',
  pay_type: '支付类型',
  toll_collector: '收费员',
  seq_num: '支付流水号',
  time: '缴费时间',
  total_empty: '总空车位',
  vip_empty: '固定空车位',
  tmp_empty: '临停空车位',
  amount: '支付金额（分）',
  request_order: '无感支付订单号',
  in_out_flag: '进出标记（1 进 2 出）',
  pic_con: '图片',
  photo_id: '图片编号（不上报）',
  in_lane: '入口车道（不上报）',
  out_lane: '出口车道（不上报）',
  config_items: '配置',
  reserved_out_time: '出车预留时间（秒）',
};

export const messageWords: readonly MessageWords[] = allMessages.map(({ name, title, section }) => ({
  name,
  title,
  section,
  fields,
}));
