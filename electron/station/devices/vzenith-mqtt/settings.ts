import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { brokerSettings, topicSerialNo } from '../broker-settings.ts';
import { inputSettings, openPulseMs, relaySettings } from '../vzenith-relays.ts';

/** Settings of a camera that speaks through a broker. */
export const settingsSchema = z.strictObject({
  serialNo: topicSerialNo
    .describe('Serial number of the camera, as it stands in its topics')
    .meta(setting('序列号', '印在机身标签上，也是相机登录 MQTT 的客户端标识', 'Serial number')),
  ...brokerSettings,
  commandTopics: z
    .enum(['device-first', 'sn-first'])
    .default('device-first')
    .describe('Order of the topics that the camera takes commands on; what it tells is heard in both')
    .meta(
      setting('指令主题', '相机收指令的主题写法；相机上报的两种写法都会接收', 'Command topics', {
        choices: { 'device-first': 'device/{serial}/message/down/…', 'sn-first': '{serial}/device/message/down/…' },
        choicesZh: { 'device-first': 'device/{序列号}/message/down/…', 'sn-first': '{序列号}/device/message/down/…' },
      }),
    ),
  ...relaySettings,
  openPulseMs,
  pulseAfterUnlock: z
    .boolean()
    .default(false)
    .describe('One pulse on the holding relay when the hold ends: some firmware lets go of it only then')
    .meta(
      setting('解除常抬后补一个脉冲', '有的固件解锁后要在常抬继电器上再给一个脉冲才真正松开', 'Pulse after the hold'),
    ),
  inputs: inputSettings,
  answerMs: z
    .int()
    .min(1000)
    .max(15_000)
    .default(10_000)
    .describe('How long an answer to a command is waited for; after that nobody knows how it ended')
    .meta(setting('应答时限（毫秒）', '指令发出后等多久；过时按“结果未知”处理，不会重发', 'Answer within (ms)')),
  offlineAfterMs: z
    .int()
    .min(5000)
    .max(600_000)
    .default(90_000)
    .describe('Silence after which it counts as offline; commands are refused after 25 s of silence already')
    .meta(setting('离线判定（毫秒）', '多久没有消息算离线；25 秒没有消息就不再发指令', 'Offline after (ms)')),
  setClock: z
    .boolean()
    .default(true)
    .describe('Set the clock of the camera where it is more than two seconds off')
    .meta(setting('给相机校时', '相机时钟与工作站相差两秒以上时自动校时', 'Set its clock')),
});
export type VzenithMqttSettings = z.output<typeof settingsSchema>;
