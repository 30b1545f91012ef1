export { CameraBody, type Command, type RelayMove, type SerialOut, type SerialSink, type Wires } from './body.ts';
export { type Admission, DigestDoor, type DigestOptions, expectedResponse, headerFields } from './digest.ts';
export { type Fault, FaultPlan } from './faults.ts';
export { type Answer, type Asked, CameraWeb, type Job } from './web.ts';
