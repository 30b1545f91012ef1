import { z } from 'zod';
import { displayColorSchema } from '../../../../shared/domain/display.ts';
import { setting } from '../../../../shared/domain/setting.ts';
import { idSchema } from '../../../../shared/domain/site.ts';
import { serialSettings, tcpSettingsWithoutPort } from '../line-settings.ts';

const board = {
  address: z
    .int()
    .min(0)
    .max(255)
    .default(0)
    .describe('Address of the board, as set at it')
    .meta(setting('屏地址', '控制卡上设置的地址，出厂一般为 0', 'Board address')),
  rows: z
    .int()
    .min(1)
    .max(4)
    .default(4)
    .describe('Lines of the display')
    .meta(setting('行数', '屏上能显示几行', 'Lines')),
  columns: z
    .int()
    .min(4)
    .max(32)
    .default(8)
    .describe('Half-width characters in a line: 8 is four Chinese characters; longer text runs through')
    .meta(setting('每行字符', '一行能显示的半角字符数，8 即四个汉字；更长的文字滚动显示', 'Columns')),
  color: displayColorSchema
    .default('red')
    .describe('Colour of lines that name none')
    .meta(
      setting('默认颜色', '没有指定颜色的文字用什么颜色', 'Colour', {
        choices: { red: 'Red', green: 'Green', yellow: 'Yellow' },
        choicesZh: { red: '红', green: '绿', yellow: '黄' },
      }),
    ),
  font: z
    .enum(['16', '24', '32'])
    .default('16')
    .describe('Height of the characters in pixels')
    .meta(
      setting('字号', '字高（点）', 'Font', {
        choices: { '16': '16', '24': '24', '32': '32' },
        choicesZh: { '16': '16 点', '24': '24 点', '32': '32 点' },
      }),
    ),
  variant: z
    .enum(['v2', 'old'])
    .default('v2')
    .describe('v2: boards with protocol 2.0 or later (command 6F) · old: earlier ones (6E)')
    .meta(
      setting('协议版本', '2.0 及以后用 6F 指令；更早的控制卡用 6E', 'Protocol', {
        choices: { v2: '2.0 and later', old: 'Earlier' },
        choicesZh: { v2: '2.0 及以后', old: '更早' },
      }),
    ),
  voice: z
    .boolean()
    .default(true)
    .describe('The board has a loudspeaker')
    .meta(setting('有语音', '控制卡接了喇叭的，选是', 'Voice')),
  answers: z
    .boolean()
    .default(true)
    .describe('The board confirms what it is told; it can be set never to')
    .meta(setting('有应答', '控制卡收到指令后会应答；设成不应答的，选否', 'Answers')),
  answerMs: z
    .int()
    .min(100)
    .max(5000)
    .default(500)
    .describe('How long an answer is waited for')
    .meta(setting('应答时限（毫秒）', '等多久没有应答算失败', 'Answer within (ms)')),
  gapMs: z
    .int()
    .min(0)
    .max(1000)
    .default(50)
    .describe('Pause between two frames')
    .meta(setting('帧间隔（毫秒）', '两条指令之间至少隔多久', 'Pause (ms)')),
};

export const serialSchema = z.strictObject({ ...serialSettings(9600), ...board });
export const tcpSchema = z.strictObject({
  ...tcpSettingsWithoutPort(),
  ...board,
});
export const cameraSchema = z.strictObject({
  camera: idSchema
    .describe('The camera on whose RS-485 the board hangs')
    .meta(setting('相机', '控制卡接在哪台相机的 485 上', 'Camera')),
  channel: z
    .int()
    .min(0)
    .max(1)
    .default(0)
    .describe('0: its first RS-485, 1: its second')
    .meta(setting('485 口', '0：相机的第一路 485；1：第二路', 'RS-485')),
  ...board,
  answers: board.answers.default(false).describe('The camera passes the answers of the board on; most do not'),
});

/** What all three ways to a board have in common. */
export type OlmSettings = Omit<z.output<typeof serialSchema>, keyof ReturnType<typeof serialSettings>>;
