import type { GateAction } from '../device.ts';
import type { VzenithSettings } from './settings.ts';

/** A command on its way to the camera. It leaves in the reply to one of the camera's own requests. */
export type CameraCommand =
  | { readonly kind: 'gate'; readonly action: GateAction }
  | { readonly kind: 'serial'; readonly channel: number; readonly bytes: Uint8Array }
  | { readonly kind: 'snapshot' };

/** Acknowledges a stored record and asks for the next one. */
export interface ContinuePushOffline {
  readonly plateid: number | string;
  readonly continue: 0 | 1;
}

type Io = { readonly io: number; readonly value: 0 | 1 | 2; readonly delay: number };

function ioctrl(action: Exclude<GateAction, 'open'>, settings: VzenithSettings): Io {
  switch (action) {
    case 'close':
      return { io: settings.closeIo, value: 2, delay: settings.closePulseMs };
    case 'hold':
      return { io: settings.holdIo, value: 1, delay: 0 };
    case 'release-hold':
      return { io: settings.holdIo, value: 0, delay: 0 };
  }
}

/**
 * The body of a reply. The object is always there, because newer models take a reply without it for a failed push; `info`
 * other than exactly `ok` opens nothing. At most one gate command fits into one reply.
 */
export function replyBody(
  settings: VzenithSettings,
  commands: readonly CameraCommand[] = [],
  continuePushOffline?: ContinuePushOffline,
): string {
  const gate = commands.find((command) => command.kind === 'gate')?.action;
  const serial = commands.filter((command) => command.kind === 'serial');
  return JSON.stringify({
    Response_AlarmInfoPlate: {
      ...(gate === 'open' ? { info: 'ok', channelNum: settings.openChannel } : { info: 'no' }),
      ...(gate === undefined || gate === 'open' ? {} : { ivs_ioctrl: ioctrl(gate, settings) }),
      ...(serial.length === 0
        ? {}
        : {
            serialData: serial.map(({ channel, bytes }) => ({
              serialChannel: channel,
              data: Buffer.from(bytes).toString('base64'),
              dataLen: bytes.byteLength,
            })),
          }),
      ...(commands.some((command) => command.kind === 'snapshot')
        ? {
            TriggerImage: {
              port: settings.snapshotPort,
              snapImageRelativeUrl: settings.snapshotPath,
              snapImageAbsolutelyUrl: '',
            },
          }
        : {}),
      ...(continuePushOffline ? { ContinuePushOffline: continuePushOffline } : {}),
    },
  });
}

/** To whoever is not a camera of ours, or sent what we cannot read: nothing moves. */
export const NOTHING_REPLY = JSON.stringify({ Response_AlarmInfoPlate: { info: 'no' } });

/** A comet request for which nothing is to be done. */
export const IDLE_REPLY = JSON.stringify({ status: 'ok' });
