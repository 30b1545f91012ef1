import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { brokerSettings, topicSerialNo } from '../broker-settings.ts';
import { closePulseMs, inputSettings, openPulseMs, relaySettings } from '../vzenith-relays.ts';

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
  // As this protocol's document has them.
  openPulseMs: openPulseMs(1500),
  closePulseMs: closePulseMs(500),
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
  keepAliveSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(10)
    .describe('How often the camera sends its keep-alive; silent for 15 s longer, it gets no commands')
    .meta(
      setting(
        '相机心跳间隔（秒）',
        '与相机里设置的一致。超过它 15 秒没有消息，就不再给相机发指令，以免迟到执行',
        'Keep-alive of the camera (s)',
      ),
    ),
  offlineAfterMs: z
    .int()
    .min(5000)
    .max(600_000)
    .default(90_000)
    .describe('Silence after which it counts as offline; commands are refused earlier, see keepAliveSeconds')
    .meta(setting('离线判定（毫秒）', '多久没有消息算离线；不再发指令更早，见相机心跳间隔', 'Offline after (ms)')),
  setClock: z
    .boolean()
    .default(true)
    .describe('Set the clock of the camera where it is more than two seconds off')
    .meta(setting('给相机校时', '相机时钟与工作站相差两秒以上时自动校时', 'Set its clock')),
});
export type VzenithMqttSettings = z.output<typeof settingsSchema>;
