export { type DeviceFile, makeDeviceFile } from './device-file.ts';
export type { DrawerPulse, Printed, PrintedImage, PrintedLine, PrintedQr, Receipt } from './page.ts';
export { type PrinterOptions, ReceiptPrinter, type Trouble } from './printer.ts';
