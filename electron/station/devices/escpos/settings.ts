import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { serialSettings, tcpSettings } from '../line-settings.ts';

const paper = {
  columns: z
    .union([z.literal(32), z.literal(48)])
    .default(32)
    .describe('Characters a line: 32 on paper of 58 mm, 48 on 80 mm; a Chinese character takes two')
    .meta(setting('每行字符数', '58 毫米纸 32，80 毫米纸 48；一个汉字占两个', 'Characters a line')),
  cut: z
    .enum(['feed', 'full', 'old', 'old-partial', 'none'])
    .default('feed')
    .describe('How the paper is cut after each receipt; older printers know only the older commands')
    .meta(
      setting('切纸', '多数打印机用“走纸并切”；切不动时换成别的；没有切刀选“不切”', 'Cut', {
        choices: {
          feed: 'Feed and cut (1D 56 42)',
          full: 'Cut (1D 56 00)',
          old: 'Cut, older command (1B 69)',
          'old-partial': 'Cut but for a bit, older command (1B 6D)',
          none: 'No knife',
        },
        choicesZh: { feed: '走纸并切', full: '全切', old: '老式全切', 'old-partial': '老式半切', none: '不切' },
      }),
    ),
  qr: z
    .enum(['native', 'text'])
    .default('native')
    .describe('QR codes: drawn by the printer, or printed as text where it cannot')
    .meta(
      setting('二维码', '打印机不会画二维码时选“印成文字”', 'QR codes', {
        choices: { native: 'Drawn by the printer', text: 'As text' },
        choicesZh: { native: '打印机绘制', text: '印成文字' },
      }),
    ),
  drawer: z
    .enum(['none', 'pin2', 'pin5'])
    .default('none')
    .describe('The cash drawer that hangs on the printer: pin 2 nearly always')
    .meta(
      setting('钱箱', '接在打印机上的钱箱，几乎都是 2 脚；弹不开再试 5 脚', 'Cash drawer', {
        choices: { none: 'None', pin2: 'Pin 2', pin5: 'Pin 5' },
        choicesZh: { none: '没有', pin2: '2 脚', pin5: '5 脚' },
      }),
    ),
};

/** Whether it says how it is (DLE EOT): then it is asked before each receipt, and every half minute. */
const answers = (byDefault: boolean) => ({
  answers: z
    .boolean()
    .default(byDefault)
    .describe('The printer answers when it is asked for its state; switch it off for one that only listens')
    .meta(
      setting(
        '能回状态',
        '打印前先问缺纸、开盖；只收不答的打印机请关掉，否则不会打印',
        'Answers when asked for its state',
      ),
    ),
});

export const serialPrinterSettings = z.strictObject({ ...serialSettings(9600), ...paper, ...answers(true) });
export const tcpPrinterSettings = z.strictObject({ ...tcpSettings(9100), ...paper, ...answers(true) });
export const filePrinterSettings = z.strictObject({
  path: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe('Device file of a USB printer on Linux, e.g. /dev/usb/lp0')
    .meta(setting('设备文件', 'Linux 上 USB 打印机的设备文件，例如 /dev/usb/lp0', 'Device file')),
  ...paper,
  ...answers(false),
});

const layoutSchema = z.object(paper);
/** How a document is to be put on this printer's paper, and what hangs on it. */
export type Layout = z.output<typeof layoutSchema>;
