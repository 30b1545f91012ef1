import type { Barrier, Camera, Device, Display, InputBoard, Printer, Scanner, Sign } from './device.ts';

export const isCamera = (device: Device): device is Camera => device.kind === 'camera';
export const isBarrier = (device: Device): device is Barrier => device.kind === 'barrier';
export const isInputBoard = (device: Device): device is InputBoard => device.kind === 'io';
export const isDisplay = (device: Device): device is Display => device.kind === 'display';
export const isSign = (device: Device): device is Sign => device.kind === 'sign';
export const isPrinter = (device: Device): device is Printer => device.kind === 'printer';
export const isScanner = (device: Device): device is Scanner => device.kind === 'scanner';
