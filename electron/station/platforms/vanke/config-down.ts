import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';
import { listenerSettings, listenerTls } from '../config-listener.ts';

/** Settings about what the platform calls us by: where it is heard, who may call, what it may open. */

export const downSettings = {
  downlink: z
    .strictObject({
      ...listenerSettings('the platform', '万科下发请求的端口'),
      tls: listenerTls(
        'plain HTTP, for a proxy of the site in front',
        '配置后以 HTTPS 监听；不配则为 HTTP，须由前置代理加密',
      ),
    })
    .optional()
    .describe('A listener of its own for the platform; absent: the shared one of the station')
    .meta(setting('独立监听', '单独为万科开一个端口；不设则用工作站的公共端口', 'Listener of its own')),
  security: z
    .strictObject({
      windowSeconds: z
        .int()
        .min(0)
        .max(86_400)
        .default(300)
        .describe('A request whose time differs by more is refused; 0: never. The token covers nothing but that time')
        .meta(setting('时间窗（秒）', '请求时间与本机相差超过此值即拒绝；0 为不检查', 'Time window (s)')),
      allow: z
        .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
        .max(100)
        .default([])
        .describe('Addresses and networks that requests may come from; empty: any')
        .meta(setting('允许的来源地址', '只接受这些地址或网段发来的请求；留空为不限', 'Allowed addresses')),
    })
    .prefault({})
    .meta(
      setting('请求校验', '对平台下发请求的检查：时间窗与来源地址', 'Checks of requests', {
        description: 'Time window and addresses',
      }),
    ),
  openGate: z
    .strictObject({
      lanes: z
        .enum(['authority', 'all'])
        .default('authority')
        .describe('Lanes that it may open: those where it has the word, or all')
        .meta(
          setting('可远程开闸的车道', '仅由万科决定开闸的车道，或全部车道', 'Lanes it may open', {
            choicesZh: { authority: '由它决定的车道', all: '全部车道' },
            choices: { authority: 'where it has the word', all: 'all' },
          }),
        ),
      answerMs: ms(100, 10_000)
        .default(2500)
        .describe('So long the answer waits for the end of the command')
        .meta(setting('等待闸机应答（毫秒）', '答复平台前最多等闸机多久', 'Awaiting the arm (ms)')),
    })
    .prefault({})
    .meta(
      setting('远程开闸', '平台可以直接开哪些车道的闸（receiveOpenGate）', 'Remote opening', {
        description: 'What receiveOpenGate may do',
      }),
    ),
  showMsg: z
    .strictObject({
      trim: z
        .boolean()
        .default(false)
        .describe('Take away blanks around the texts, where they are padding and not meant')
        .meta(setting('去掉首尾空格', '平台文字首尾的空格只是补位时打开', 'Trim texts')),
    })
    .prefault({})
    .meta(
      setting('显示屏', '平台下发的显示文字（receiveShowMsg）', 'Display', { description: 'Texts of receiveShowMsg' }),
    ),
};
