export type { StreamFault } from './alert-stream.ts';
export { type HikEvent, type HikPush, HikvisionCamera, type HikvisionOptions } from './camera.ts';
export type { Dialect, HikRead, Picture } from './event.ts';
export type { GateSupport, HttpHost } from './isapi.ts';
export type { PushManner } from './push.ts';
