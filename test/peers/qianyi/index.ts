export { QianyiCamera, type QianyiOptions, type QianyiRead, type QianyiResult } from './camera.ts';
