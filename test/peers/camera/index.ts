export { CameraBody, type Command, type RelayMove, type SerialOut, type SerialSink, type Wires } from './body.ts';
export { type DigestOptions, expectedResponse, headerFields } from './digest.ts';
export type { Fault } from './faults.ts';
