import type { DriverDefinition } from '../device.ts';
import { serialAddress, tcpAddress } from '../line-settings.ts';
import { serialSchema, tcpSchema } from './settings.ts';
import { XunpengSign } from './sign.ts';

/** 讯鹏 signs for free spaces on a serial port. */
export const xunpengSerial: DriverDefinition<typeof serialSchema> = {
  driver: 'xunpeng-serial',
  kind: 'sign',
  settings: serialSchema,
  create: (id, settings, deps) =>
    new XunpengSign(id, { driver: 'xunpeng-serial', address: serialAddress(settings) }, settings, deps),
};

/** The same behind a serial server. */
export const xunpengTcp: DriverDefinition<typeof tcpSchema> = {
  driver: 'xunpeng-tcp',
  kind: 'sign',
  settings: tcpSchema,
  create: (id, settings, deps) =>
    new XunpengSign(id, { driver: 'xunpeng-tcp', address: tcpAddress(settings) }, settings, deps),
};
