import type { DriverDefinition } from '../device.ts';
import { serialAddress, tcpAddress } from '../line-settings.ts';
import { EscposPrinter } from './printer.ts';
import { filePrinterSettings, serialPrinterSettings, tcpPrinterSettings } from './settings.ts';

/** 小票打印机 on a serial port, or on USB as a virtual one. */
export const escposSerial: DriverDefinition<typeof serialPrinterSettings> = {
  driver: 'escpos-serial',
  kind: 'printer',
  settings: serialPrinterSettings,
  create: (id, settings, deps) => new EscposPrinter(id, 'escpos-serial', serialAddress(settings), settings, deps),
};

/** 小票打印机 in the network, raw on port 9100. */
export const escposTcp: DriverDefinition<typeof tcpPrinterSettings> = {
  driver: 'escpos-tcp',
  kind: 'printer',
  settings: tcpPrinterSettings,
  create: (id, settings, deps) => new EscposPrinter(id, 'escpos-tcp', tcpAddress(settings), settings, deps),
};

/** 小票打印机 on USB, by its device file (Linux). */
export const escposFile: DriverDefinition<typeof filePrinterSettings> = {
  driver: 'escpos-file',
  kind: 'printer',
  settings: filePrinterSettings,
  create: (id, settings, deps) =>
    new EscposPrinter(id, 'escpos-file', { kind: 'file', path: settings.path }, settings, deps),
};
