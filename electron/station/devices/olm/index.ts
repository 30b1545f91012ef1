import type { DriverDefinition } from '../device.ts';
import { serialAddress, tcpAddress } from '../line-settings.ts';
import { cameraCarrier, lineCarrier } from './carrier.ts';
import { OlmDisplay } from './display.ts';
import { cameraSchema, serialSchema, tcpSchema } from './settings.ts';

/** OLM (科发) boards with voice on a serial port. */
export const olmSerial: DriverDefinition<typeof serialSchema> = {
  driver: 'olm-serial',
  kind: 'display',
  settings: serialSchema,
  create: (id, settings, deps) =>
    new OlmDisplay(id, 'olm-serial', settings, lineCarrier(serialAddress(settings), deps.links), deps),
};

/** The same on the network. */
export const olmTcp: DriverDefinition<typeof tcpSchema> = {
  driver: 'olm-tcp',
  kind: 'display',
  settings: tcpSchema,
  create: (id, settings, deps) =>
    new OlmDisplay(id, 'olm-tcp', settings, lineCarrier(tcpAddress(settings), deps.links), deps),
};

/** The same on the RS-485 of a camera. */
export const olmCamera: DriverDefinition<typeof cameraSchema> = {
  driver: 'olm-camera',
  kind: 'display',
  settings: cameraSchema,
  create: (id, settings, deps) =>
    new OlmDisplay(id, 'olm-camera', settings, cameraCarrier(settings.camera, settings.channel, deps.find), deps),
};
