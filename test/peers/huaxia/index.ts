export { HuaxiaCamera, type HuaxiaOptions, type HuaxiaPush, type HuaxiaRead } from './camera.ts';
