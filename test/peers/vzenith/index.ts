export type { PlateOptions, PlateRecord } from './alarm-plate.ts';
export { type ArmState, BarrierArm, type Pulse, type PulseCause } from './arm.ts';
export { type PlateAttempt, type PushResult, VzenithCamera, type VzenithOptions } from './camera.ts';
export { BROKEN_BODIES, type BrokenKind, type Streamed, sendBroken, sendHuge, sendSlow } from './malicious.ts';
export { type CameraAction, decodeReply, OK_PULSE_MS } from './reply.ts';
