import { z } from 'zod';
import { announcementTextSchema } from './announcement-text.ts';
import { setting } from './setting.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm');
const percent = z.int().min(0).max(100);

/** A time of each day in which displays speak lower, or not at all; it may cross midnight. Asia/Shanghai. */
export const quietHoursSchema = z
  .strictObject({
    from: timeOfDay.describe('Begins, HH:mm').meta(setting('开始', '时:分，如 22:00', 'From')),
    to: timeOfDay.describe('Ends, HH:mm').meta(setting('结束', '时:分，可跨午夜，如 07:00', 'To')),
    volume: percent
      .default(0)
      .describe('Volume meanwhile; 0: silent')
      .meta(setting('音量', '这段时间的音量；0 为静音', 'Volume')),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from its beginning' });
export type QuietHours = z.infer<typeof quietHoursSchema>;

const signRulesSchema = z
  .strictObject({
    yellowAtMost: z
      .int()
      .min(0)
      .max(999_999)
      .default(10)
      .describe('Yellow from so many free spaces down')
      .meta(setting('变黄', '余位降到这个数时变黄', 'Yellow at')),
    redAtMost: z
      .int()
      .min(0)
      .max(999_999)
      .default(0)
      .describe('Red from so many free spaces down')
      .meta(setting('变红', '余位降到这个数时变红', 'Red at')),
  })
  .refine((sign) => sign.redAtMost <= sign.yellowAtMost, {
    path: ['redAtMost'],
    message: 'must not exceed yellowAtMost',
  });

/** 屏显与语音: what displays and their voices tell at the lanes, and the signs of free spaces. */
export const announcementRulesSchema = z.strictObject({
  texts: z
    .array(announcementTextSchema)
    .max(600)
    .default([])
    .superRefine((texts, context) => {
      const known = new Set<string>();
      for (const [index, { event, vehicle }] of texts.entries()) {
        const key = `${event} ${vehicle}`;
        if (known.has(key))
          context.addIssue({ code: 'custom', path: [index, 'vehicle'], message: `"${key}" stands twice` });
        known.add(key);
      }
    })
    .describe('Texts that differ from those that the program brings along')
    .meta(setting('文字', '与自带文字不同的部分', 'Texts')),
  volume: percent
    .default(70)
    .describe('How loud displays speak; 0: not at all')
    .meta(setting('音量', '语音音量；0 为静音', 'Volume')),
  quietHours: z
    .array(quietHoursSchema)
    .max(8)
    .default([])
    .describe('Times of the day with another volume; where several overlap the lowest counts')
    .meta(setting('静音时段', '每天这些时段改用别的音量；重叠时取最小', 'Quiet hours')),
  holdSeconds: z
    .int()
    .min(3)
    .max(120)
    .default(10)
    .describe('A text stays so long after the car was let through, or after a platform put it up')
    .meta(setting('停留（秒）', '放行后或平台显示后，文字停留多久再回到空闲画面', 'Text stays (s)')),
  idleEverySeconds: z
    .int()
    .min(10)
    .max(3600)
    .default(30)
    .describe('Displays are told anew what they show this often: one that lost its power forgot it')
    .meta(setting('重发间隔（秒）', '每隔多久重发一次画面，断电重启的屏靠它恢复', 'Shown anew (s)')),
  sign: signRulesSchema
    .prefault({})
    .describe('Colours of the signs of free spaces')
    .meta(setting('余位屏颜色', '余位屏按剩余车位变色', 'Sign colours')),
});
export type AnnouncementRules = z.infer<typeof announcementRulesSchema>;
