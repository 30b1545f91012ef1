import { MessageChannelMain, type MessagePortMain, type WebFrameMain } from 'electron';
import { channels } from '../protocol.ts';
import { onMessage } from './handle.ts';

/** The station, as far as a window's connection is concerned. */
export interface PortTaker {
  /** Takes one end of a connection; closes it when the station cannot serve it. */
  connect(port: MessagePortMain): void;
}

/** Gives each page that asks a fresh connection to the station: one end to the page, the other to the station's process. */
export function brokerPorts(station: PortTaker): () => void {
  return onMessage(channels.connect, (page: WebFrameMain) => {
    const { port1, port2 } = new MessageChannelMain();
    page.postMessage(channels.port, null, [port1]);
    station.connect(port2);
  });
}
