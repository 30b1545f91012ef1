import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { tcpSettings } from '../line-settings.ts';
import { webCameraSettings, webCommandTtlMs } from '../web-camera-settings.ts';

const output = z.int().min(1).max(8);

/** Settings of a 海康威视 camera that is spoken with by ISAPI. */
export const settingsSchema = z.strictObject({
  serialNo: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .describe('MAC address of the camera, as its events carry it (44:19:b6:00:00:01), or its serial number')
    .meta(
      setting(
        'MAC 地址或序列号',
        '相机事件里的 macAddress，也印在机身标签上；用来认出这台相机',
        'MAC address or serial number',
      ),
    ),
  ...tcpSettings(80),
  ...webCameraSettings,
  receive: z
    .enum(['push', 'stream', 'both'])
    .default('stream')
    .describe('stream: we listen at the camera; push: the camera calls us; both: whichever comes first counts')
    .meta(
      setting('接收方式', '监听：本机连相机收事件；推送：相机连本机；两者都用时先到的算', 'Receiving', {
        choices: { push: 'Push', stream: 'Listen', both: 'Both' },
        choicesZh: { push: '相机推送', stream: '监听相机', both: '两者都用' },
      }),
    ),
  stationAddress: z
    .ipv4()
    .optional()
    .describe(
      'Address of this station, told to the camera as where to push to; without it, it is set at the camera by hand',
    )
    .meta(setting('本机地址', '告诉相机往哪个 IP 推送；不填则在相机网页上手工设置', 'Address of this station')),
  stationPort: z
    .int()
    .min(1)
    .max(65_535)
    .default(8700)
    .describe('Port of this station, told to the camera')
    .meta(setting('本机端口', '告诉相机往哪个端口推送，与工作站端口一致', 'Port of this station')),
  gate: z
    .enum(['auto', 'barrierGate', 'relay'])
    .default('auto')
    .describe('What moves the arm: the command for barriers, a relay output, or the first that the model knows')
    .meta(
      setting('开闸方式', '自动：先用道闸指令，型号不支持时改用报警输出', 'Opening by', {
        choices: { auto: 'Automatic', barrierGate: 'Barrier command', relay: 'Relay output' },
        choicesZh: { auto: '自动', barrierGate: '道闸指令', relay: '报警输出' },
      }),
    ),
  openRelay: output
    .default(1)
    .describe('Relay output that raises the arm')
    .meta(setting('开闸输出口', '用报警输出开闸时，抬杆的输出口', 'Opening output')),
  closeRelay: output
    .default(2)
    .describe('Relay output that lowers the arm')
    .meta(setting('关闸输出口', '用报警输出开闸时，落杆的输出口', 'Closing output')),
  relayPulse: z
    .enum(['station', 'camera'])
    .default('station')
    .describe('Who ends the pulse of a relay: this station, or the camera by the delay that its output is set to')
    .meta(
      setting(
        '输出脉冲由谁结束',
        '相机网页能设置输出延时的，选相机更稳妥：本机中途断电也不会一直吸合',
        'Pulse ended by',
        {
          choices: { station: 'This station', camera: 'The camera' },
          choicesZh: { station: '本机', camera: '相机' },
        },
      ),
    ),
  pulseMs: z
    .int()
    .min(100)
    .max(5000)
    .default(500)
    .describe('How long a relay stays on when this station ends the pulse')
    .meta(setting('脉冲（毫秒）', '由本机结束时，输出口吸合多久', 'Pulse (ms)')),
  hold: z
    .enum(['none', 'lock', 'relay'])
    .default('none')
    .describe(
      'How the arm is held up: not at all, by the command lock, or by a relay that stays on. To be tried on the spot',
    )
    .meta(
      setting('常抬方式', 'lock 指令在有的型号上是锁在抬起、有的可能相反，务必现场试过再选', 'Holding by', {
        choices: { none: 'Not possible', lock: 'Command lock', relay: 'Relay output' },
        choicesZh: { none: '不支持', lock: 'lock 指令', relay: '报警输出' },
      }),
    ),
  holdRelay: output
    .default(1)
    .describe('Relay output that is kept on to hold the arm up')
    .meta(setting('常抬输出口', '保持抬杆时一直吸合的输出口', 'Holding output')),
  inputs: z
    .array(
      z.strictObject({
        number: z
          .int()
          .min(1)
          .max(8)
          .describe('Alarm input of the camera, from 1')
          .meta(setting('输入口', '相机的报警输入口，从 1 数起', 'Input')),
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
    .max(8)
    .default([])
    .describe('What hangs on the alarm inputs of the camera; asked for all the time')
    .meta(setting('输入口接线', '相机报警输入口上接了什么；列出的会不断查询', 'Inputs')),
  inputPollMs: z
    .int()
    .min(100)
    .max(5000)
    .default(300)
    .describe('Pause between two looks at the inputs')
    .meta(setting('输入查询间隔（毫秒）', '多久查询一次输入口', 'Input polling (ms)')),
  commandTtlMs: webCommandTtlMs,
});
export type HikvisionSettings = z.output<typeof settingsSchema>;
