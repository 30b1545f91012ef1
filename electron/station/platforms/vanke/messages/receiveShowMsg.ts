import { z } from 'zod';
import { DONE, notDone, type VankeContext, type VankeReply } from '../context.ts';
import { down } from '../define.ts';
import { displayOf } from '../devices-named.ts';
import { numberText } from '../down-fields.ts';
import { shownLines } from '../shown-lines.ts';

/** 接收显示屏展示信息: lines for a display, from the top, with their alignment. */
export const receiveShowMsg = down({
  name: 'receiveShowMsg',
  title: '接收显示屏展示信息',
  section: '供应商提供接口 / 接收显示屏展示信息',
  schema: z.looseObject({ deviceNo: numberText, msg: shownLines }),
  sample: {
    deviceNo: 'DWWE10232',
    msg: [
      { text: '闽D782WY', alignment: 'left' },
      { text: '临停车', alignment: 'center' },
    ],
  },
  handle: async ({ deviceNo, msg }, _call, context): Promise<VankeReply> => show(deviceNo, msg, context),
});

async function show(deviceNo: string, lines: z.infer<typeof shownLines>, context: VankeContext): Promise<VankeReply> {
  const display = displayOf(deviceNo, context);
  if ('why' in display) return notDone(display.why);
  const { trim } = context.settings.showMsg;
  const texts = trim ? lines.map((line) => ({ ...line, text: line.text.trim() })) : lines;
  const { outcome, detail } = await context.station().devices.show(display.found, texts);
  if (outcome === 'done') return DONE;
  return notDone(outcome === 'refused' ? `显示屏没有显示：${detail}` : `显示屏没有应答，结果未知：${detail}`);
}
