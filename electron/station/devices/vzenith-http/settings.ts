import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

const relay = z.int().min(0).max(3);

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
    .default(15_000)
    .describe('A command that the camera did not fetch within this time is dropped')
    .meta(setting('指令有效期（毫秒）', '相机在此时间内没有取走的指令作废，绝不迟到执行', 'Command validity (ms)')),
  offlineAfterMs: z
    .int()
    .min(5000)
    .max(600_000)
    .default(90_000)
    .describe('Silence after which it counts as offline')
    .meta(setting('离线判定（毫秒）', '多久没有消息算离线', 'Offline after (ms)')),
  openChannel: relay
    .default(0)
    .describe('Relay that raises the arm (channelNum)')
    .meta(setting('开闸继电器', '抬杆用的继电器编号', 'Opening relay')),
  closeIo: relay
    .default(1)
    .describe('Relay that lowers the arm')
    .meta(setting('关闸继电器', '落杆用的继电器编号', 'Closing relay')),
  closePulseMs: z
    .int()
    .min(500)
    .max(5000)
    .default(500)
    .describe('How long the closing relay stays on')
    .meta(setting('关闸脉冲（毫秒）', '关闸继电器吸合多久', 'Closing pulse (ms)')),
  holdIo: relay
    .default(0)
    .describe('Relay that is kept on to hold the arm up')
    .meta(setting('常抬继电器', '保持抬杆时一直吸合的继电器', 'Holding relay')),
  inputs: z
    .array(
      z.strictObject({
        source: z
          .int()
          .min(0)
          .max(4)
          .describe('0-3: inputs 1-4 of the camera, 4: over TCP')
          .meta(setting('输入口', '0 至 3：相机的第 1 至 4 路输入；4：经 TCP', 'Input')),
        role: z
          .string()
          .min(1)
          .max(40)
          .describe('e.g. trigger-loop, safety-loop')
          .meta(setting('用途', 'trigger-loop 触发地感；safety-loop 防砸地感', 'Role')),
        inverted: z
          .boolean()
          .default(false)
          .describe('The contact is closed while nothing is there')
          .meta(setting('常闭', '没有车时触点闭合的，选是', 'Normally closed')),
      }),
    )
    .max(5)
    .default([])
    .describe('What hangs on the inputs of the camera; others are ignored')
    .meta(setting('输入口接线', '相机输入口上接了什么；没有列出的不理会', 'Inputs')),
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
