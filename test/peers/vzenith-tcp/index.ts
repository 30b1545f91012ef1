export { VzenithTcpCamera, type VzenithTcpOptions } from './camera.ts';
export { toGbk } from './gbk.ts';
export type { TcpEvent, TcpRead } from './plate.ts';
export type { Line } from './session.ts';
