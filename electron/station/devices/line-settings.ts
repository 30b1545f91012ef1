import { z } from 'zod';
import { setting } from '../../../shared/domain/setting.ts';
import type { LineAddress, SerialAddress } from './links.ts';

/** The settings of a device on a serial port, as its manual gives them: `9600` of `9600 8N1` is the most common. */
export const serialSettings = (baudRate: number) => ({
  path: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe('Serial port, e.g. COM3 or /dev/ttyUSB0; devices on one RS-485 name the same port')
    .meta(setting('串口', '例如 COM3 或 /dev/ttyUSB0；接在同一条 485 上的设备填同一个串口', 'Serial port')),
  baudRate: z
    .int()
    .min(300)
    .max(921_600)
    .default(baudRate)
    .describe('Speed, as set at the device')
    .meta(setting('波特率', '与设备上设置的一致', 'Baud rate')),
  dataBits: z
    .union([z.literal(7), z.literal(8)])
    .default(8)
    .describe('Data bits, 8 nearly always')
    .meta(setting('数据位', '几乎都是 8', 'Data bits')),
  parity: z
    .enum(['none', 'even', 'odd'])
    .default('none')
    .describe('Parity, none nearly always')
    .meta(
      setting('校验', '几乎都是无校验', 'Parity', {
        choices: { none: 'None', even: 'Even', odd: 'Odd' },
        choicesZh: { none: '无', even: '偶校验', odd: '奇校验' },
      }),
    ),
  stopBits: z
    .union([z.literal(1), z.literal(2)])
    .default(1)
    .describe('Stop bits, 1 nearly always')
    .meta(setting('停止位', '几乎都是 1', 'Stop bits')),
});

const portSchema = z.int().min(1).max(65_535);

const hostSetting = {
  host: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe('Address of the device in the network')
    .meta(setting('地址', '设备在局域网里的 IP 地址', 'Address')),
};

/** The settings of a device that listens on the network, at a port that is usual for its kind. */
export const tcpSettings = (port: number) => ({
  ...hostSetting,
  port: portSchema
    .default(port)
    .describe('Port on which the device listens')
    .meta(setting('端口', '设备监听的端口', 'Port')),
});

/** The same where no port is usual: it is set at the device, and somebody has to look. */
export const tcpSettingsWithoutPort = () => ({
  ...hostSetting,
  port: portSchema
    .describe('Port that was set at the device; makers name no usual one')
    .meta(setting('端口', '设备或串口服务器上设置的端口，各家不同，没有通用的默认值', 'Port')),
});

export const serialAddress = ({
  path,
  baudRate,
  dataBits,
  parity,
  stopBits,
}: Omit<SerialAddress, 'kind'>): LineAddress => ({
  kind: 'serial',
  path,
  baudRate,
  dataBits,
  parity,
  stopBits,
});

export const tcpAddress = ({ host, port }: { readonly host: string; readonly port: number }): LineAddress => ({
  kind: 'tcp',
  host,
  port,
});

/** How a line is named to people. */
export const addressText = (address: LineAddress): string =>
  address.kind === 'tcp' ? `${address.host}:${address.port}` : address.path;
