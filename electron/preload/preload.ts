import { contextBridge, ipcRenderer } from 'electron';

/**
 * The one thing that a page may ask of the shell: a connection to the station, or to the one for practice. The answer is a window message with the port
 * attached, because a port cannot cross the bridge itself.
 */
ipcRenderer.on('gatehouse:port', (event) => {
  window.postMessage('gatehouse:port', window.location.origin, [...event.ports]);
});

ipcRenderer.on('gatehouse:practice-port', (event) => {
  window.postMessage('gatehouse:practice-port', window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld('gatehouse', {
  platform: process.platform,
  connect: () => ipcRenderer.send('gatehouse:connect'),
  practise: () => ipcRenderer.send('gatehouse:practise'),
});
