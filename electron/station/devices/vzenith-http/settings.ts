import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { inputSettings, openPulseMs, relaySettings } from '../vzenith-relays.ts';

/** Settings of a camera that pushes over HTTP (and often owns the relays of the barrier and the port of the display). */
export const settingsSchema = z.strictObject({
  serialNo: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .describe('Serial number of the camera, as it stands in its pushes')
    .meta(setting('序列号', '相机推送里的序列号（serialno），也印在机身标签上', 'Serial number')),
  heartbeat: z
    .enum(['comet', 'normal'])
    .default('comet')
    .describe(
      'comet: the camera keeps a request open and takes commands at any time; normal: it takes commands only in reply to a plate',
    )
    .meta(
      setting('取指令方式', 'comet：相机保持长连接，随时可取开闸指令；normal：只在上报车牌时取指令', 'Command fetch'),
    ),
  parkMs: z
    .int()
    .min(1000)
    .max(20_000)
    .default(4000)
    .describe("How long a comet request is kept open; must stay below the camera's own timeout, 5 s as delivered")
    .meta(setting('长连接时长（毫秒）', '每次长连接保持多久，须小于相机自己的超时（出厂 5 秒）', 'Comet hold (ms)')),
  commandTtlMs: z
    .int()
    .min(1000)
    .max(60_000)
    .default(5000)
    .describe('A command that the camera did not fetch within this time is dropped')
    .meta(setting('指令有效期（毫秒）', '相机在此时间内没有取走的指令作废，绝不迟到执行', 'Command validity (ms)')),
  offlineAfterMs: z
    .int()
    .min(5000)
    .max(600_000)
    .default(90_000)
    .describe('Silence after which it counts as offline')
    .meta(setting('离线判定（毫秒）', '多久没有消息算离线', 'Offline after (ms)')),
  ...relaySettings,
  openWith: z
    .enum(['info', 'ioctl'])
    .default('info')
    .describe('info: as the protocol opens, for as long as the firmware does; ioctl: as a pulse of the length below')
    .meta(
      setting('开闸方式', '标准应答：脉冲长短由相机固件决定；继电器控制：用下面的开闸脉冲', 'Opens with', {
        choices: { info: 'Standard reply', ioctl: 'Relay control' },
        choicesZh: { info: '标准应答', ioctl: '继电器控制' },
      }),
    ),
  openPulseMs: openPulseMs(500),
  inputs: inputSettings,
  snapshotPort: z
    .int()
    .min(1)
    .max(65_535)
    .default(8700)
    .describe('Port of this station, told to the camera')
    .meta(setting('抓拍上传端口', '告诉相机往工作站的哪个端口上传抓拍，与工作站端口一致', 'Snapshot port')),
  snapshotPath: z
    .string()
    .startsWith('/devices/vzenith-http')
    .max(200)
    .default('/devices/vzenith-http/snapshot')
    .describe('Where the camera uploads pictures that were asked for')
    .meta(setting('抓拍上传路径', '相机上传抓拍的路径，一般不用改', 'Snapshot path')),
});
export type VzenithSettings = z.output<typeof settingsSchema>;
