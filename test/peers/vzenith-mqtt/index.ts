export { VzenithMqttCamera, type VzenithMqttOptions } from './camera.ts';
export type { MqttEvent, MqttRead } from './messages.ts';
