/** 小票: the paper, where it comes out, and how that ended. */
export const zhPrinting = {
  title: { payment: '停车缴费凭条', change: '找零单', shift: '班次报表小票' },
  print: '打印小票',
  again: '补打',
  toPrinter: '打印到小票机',
  printer: '打印机',
  choose: '选择打印机',
  offline: '{{name}}（离线）',
  noPrinter: '还没有小票打印机：请在“系统设置”里添加并配到车道',
  isCopy: '这张已经打印过，纸上会注明补打第 {{n}} 次',
  maybe: '小票可能已打印',
  isMaybe: '这张可能已经打印过，纸上会注明补打第 {{n}} 次',
  ended: {
    done: '已打印',
    refused: '没有打印，收款不受影响。',
    unknown: '是否打印完整未知，请看纸；需要时再补打。收款不受影响。',
  },
} as const;
