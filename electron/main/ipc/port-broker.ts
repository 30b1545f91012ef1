import { MessageChannelMain, type MessagePortMain, type WebFrameMain } from 'electron';
import { channels } from '../protocol.ts';
import { onMessage } from './handle.ts';

/** The station, as far as a window's connection is concerned. */
export interface PortTaker {
  /** Takes one end of a connection; closes it when the station cannot serve it. */
  connect(port: MessagePortMain): void;
  /** The same for the practice station. */
  practise(port: MessagePortMain): void;
}

/** Gives each page that asks a fresh connection to the station: one end to the page, the other to the station's process. */
export function brokerPorts(station: PortTaker): () => void {
  const connection = (page: WebFrameMain, answer: string): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    page.postMessage(answer, null, [port1]);
    return port2;
  };
  const offs = [
    onMessage(channels.connect, (page) => station.connect(connection(page, channels.port))),
    onMessage(channels.practise, (page) => station.practise(connection(page, channels.practicePort))),
  ];
  return () => {
    for (const off of offs) off();
  };
}
