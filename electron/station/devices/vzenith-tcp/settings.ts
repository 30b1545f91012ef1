import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { tcpSettings } from '../line-settings.ts';
import { inputSettings, openPulseMs, relaySettings } from '../vzenith-relays.ts';

/** Settings of a camera that is a server on port 8131. */
export const settingsSchema = z.strictObject({
  serialNo: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .describe('Serial number of the camera; another camera at its address is not listened to')
    .meta(setting('序列号', '印在机身标签上；连上后先核对，不是这台相机就不用', 'Serial number')),
  ...tcpSettings(8131),
  ...relaySettings,
  openPulseMs: openPulseMs(500),
  inputs: inputSettings,
  pictures: z
    .enum(['full', 'both', 'none'])
    .default('full')
    .describe('Pictures that come with a result; without a whole one the cut-out of the plate is kept')
    .meta(
      setting('识别图片', '随识别结果要哪些图片；没有全景图时存车牌小图', 'Pictures', {
        choices: { full: 'Whole picture', both: 'Whole and plate', none: 'None' },
        choicesZh: { full: '全景图', both: '全景图和车牌小图', none: '不要图片' },
      }),
    ),
  rs485First: z
    .enum(['rs485-1', 'rs485-2'])
    .default('rs485-1')
    .describe('Port of the camera that displays call the first (channel 0); the other one is channel 1')
    .meta(
      setting('第一路串口', '显示屏设置里的 0 号串口对应相机哪个 RS-485 口；另一个是 1 号', 'First serial port', {
        choices: { 'rs485-1': 'RS-485 1', 'rs485-2': 'RS-485 2' },
        choicesZh: { 'rs485-1': 'RS-485 1', 'rs485-2': 'RS-485 2' },
      }),
    ),
  answerMs: z
    .int()
    .min(500)
    .max(10_000)
    .default(3000)
    .describe('How long an answer to a command is waited for; after that nobody knows how it ended')
    .meta(setting('应答时限（毫秒）', '指令发出后等多久；过时按“结果未知”处理，不会重发', 'Answer within (ms)')),
  heartbeatMs: z
    .int()
    .min(1000)
    .max(60_000)
    .default(5000)
    .describe('How often the camera gets a heartbeat')
    .meta(setting('心跳间隔（毫秒）', '多久发一次心跳', 'Heartbeat (ms)')),
  deadAfterMs: z
    .int()
    .min(3000)
    .max(300_000)
    .default(15_000)
    .describe('Silence of the camera after which the connection is made anew')
    .meta(setting('断线判定（毫秒）', '相机多久没有任何消息就重新连接', 'Dead after (ms)')),
  offlineCheckSeconds: z
    .int()
    .min(0)
    .max(600)
    .default(0)
    .describe('After so many seconds without this station the camera decides by its own list; 0: it is not asked to')
    .meta(
      setting(
        '相机脱机检测（秒）',
        '工作站失联这么久后，相机按自己的白名单开闸；0 为不启用。启用后相机自己的开闸没有记录',
        'Offline check (s)',
      ),
    ),
});
export type VzenithTcpSettings = z.output<typeof settingsSchema>;
