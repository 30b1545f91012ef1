import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { tcpSettings } from '../line-settings.ts';
import { webCameraSettings, webCommandTtlMs } from '../web-camera-settings.ts';

/** Settings of a 大华 ITC camera. */
export const settingsSchema = z.strictObject({
  serialNo: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .describe('DeviceID that the camera sends with its pushes; where we listen, its serial number')
    .meta(
      setting('设备编号或序列号', '推送时填相机发来的 DeviceID，监听时填机身上的序列号', 'DeviceID or serial number'),
    ),
  ...tcpSettings(80),
  ...webCameraSettings,
  receive: z
    .enum(['stream', 'push'])
    .default('stream')
    .describe('stream: we listen at the camera; push: the camera calls us (ITSAPI)')
    .meta(
      setting('接收方式', '监听：本机连相机收事件；推送：相机按 ITSAPI 连本机', 'Receiving', {
        choices: { stream: 'Listen', push: 'Push (ITSAPI)' },
        choicesZh: { stream: '监听相机', push: '相机推送（ITSAPI）' },
      }),
    ),
  strobe: z
    .enum(['auto', 'cgi', 'rpc2'])
    .default('auto')
    .describe(
      'How the arm is ordered: by CGI, by RPC2 of newer firmware, or RPC2 once the CGI says that it knows no such order',
    )
    .meta(
      setting('开闸接口', '自动：先用 CGI，相机回答不支持时改用 RPC2（新固件）', 'Opening by', {
        choices: { auto: 'Automatic', cgi: 'CGI', rpc2: 'RPC2' },
        choicesZh: { auto: '自动', cgi: 'CGI', rpc2: 'RPC2' },
      }),
    ),
  rpcChannel: z
    .int()
    .min(0)
    .max(32)
    .default(0)
    .describe('Channel in RPC2, which most firmware counts from 0')
    .meta(setting('RPC2 通道', 'RPC2 的通道号，多数固件从 0 数起，开闸无效时试 1', 'RPC2 channel')),
  utc: z
    .enum(['auto', 'utc', 'local'])
    .default('auto')
    .describe(
      'Whether the seconds of its events count from 1970 in UTC or in Beijing time; auto: whichever is near our clock',
    )
    .meta(
      setting('事件时间', '有的固件把北京时间当作 UTC 写；自动：与本机时钟比较得出', 'Times of events', {
        choices: { auto: 'Automatic', utc: 'UTC', local: 'Beijing time' },
        choicesZh: { auto: '自动', utc: 'UTC', local: '北京时间' },
      }),
    ),
  silentSeconds: z
    .int()
    .min(10)
    .max(3600)
    .default(120)
    .describe('Where it pushes: silence after which it counts as offline')
    .meta(setting('离线判定（秒）', '推送方式下，多久没有心跳算离线', 'Offline after (s)')),
  commandTtlMs: webCommandTtlMs,
});
export type DahuaSettings = z.output<typeof settingsSchema>;
