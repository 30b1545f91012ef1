import type { Barrier, Camera, Device } from './device.ts';

export const isCamera = (device: Device): device is Camera => device.kind === 'camera';
export const isBarrier = (device: Device): device is Barrier => device.kind === 'barrier';
