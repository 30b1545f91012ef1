import type { Barrier, Camera, Device, Display } from './device.ts';

export const isCamera = (device: Device): device is Camera => device.kind === 'camera';
export const isBarrier = (device: Device): device is Barrier => device.kind === 'barrier';
export const isDisplay = (device: Device): device is Display => device.kind === 'display';
