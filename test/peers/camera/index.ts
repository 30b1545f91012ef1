export { CameraBody, type Command, type RelayMove, type SerialOut, type SerialSink, type Wires } from './body.ts';
export { type Admission, DigestDoor, type DigestOptions, expectedResponse, headerFields } from './digest.ts';
export { type Fault, FaultPlan } from './faults.ts';
export { MqttLine, type MqttLineOptions } from './mqtt-line.ts';
export { type Answer, type Asked, CameraWeb, type Job } from './web.ts';
