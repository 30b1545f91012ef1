export { AedesBroker, startAedes } from './aedes.ts';
export type { ConnectedClient, TestBroker, Users } from './broker.ts';
export { startMosquitto } from './mosquitto.ts';
