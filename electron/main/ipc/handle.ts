import { type IpcMainEvent, ipcMain, type WebFrameMain } from 'electron';
import { isOurs } from '../security.ts';

/**
 * The only place that listens to pages. A message counts when it comes from the main frame of a page of ours; any other,
 * from a frame inside it or from a page that was somehow replaced, is dropped without an answer.
 */
export function onMessage(channel: string, listener: (from: WebFrameMain) => void): () => void {
  const checked = (event: IpcMainEvent): void => {
    const from = event.senderFrame;
    if (from && from.parent === null && isOurs(from.url)) listener(from);
  };
  ipcMain.on(channel, checked);
  return () => ipcMain.off(channel, checked);
}
