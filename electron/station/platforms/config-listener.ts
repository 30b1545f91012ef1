import { z } from 'zod';
import { setting } from '../../../shared/domain/setting.ts';
import { certificate } from './config-kinds.ts';

/** Settings of a listener of a platform's own: where it is heard, and with which certificate. */

/** `who` is heard, in the file's words; `portHint`: what the port is for, in the manager's. */
export const listenerSettings = (who: string, portHint: string) => ({
  host: z
    .string()
    .min(1)
    .max(255)
    .default('0.0.0.0')
    .describe(`Address on which ${who} is heard`)
    .meta(setting('监听地址', '本机网卡地址；0.0.0.0 为全部', 'Listen on')),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .describe(`Port on which ${who} is heard`)
    .meta(setting('监听端口', portHint, 'Port')),
});

/** `absent`: what it means that there is none; `hint`: the same for the manager. */
export const listenerTls = (absent: string, hint: string) =>
  z
    .strictObject({
      certFile: certificate
        .describe('PEM file with our certificate and its chain')
        .meta(setting('证书文件', '本机证书（含证书链），PEM 文件路径', 'Certificate file')),
      keyFile: certificate
        .describe('PEM file with the key of the certificate')
        .meta(setting('私钥文件', '证书的私钥，PEM 文件路径', 'Key file')),
    })
    .optional()
    .describe(`Our certificate; absent: ${absent}`)
    .meta(setting('HTTPS 证书', hint, 'HTTPS certificate'));
