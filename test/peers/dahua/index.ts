export { DahuaCamera, type DahuaOptions } from './camera.ts';
export type { DahuaDialect, DahuaEvent, DahuaRead } from './event.ts';
export type { DahuaPush, PusherOptions } from './pusher.ts';
export { loginAnswer } from './rpc.ts';
export type { DahuaStreamFault } from './streams.ts';
