import type { GateAction } from '../device.ts';
import { relayMove } from '../vzenith-relays.ts';
import { serialEntry } from '../vzenith-serial.ts';
import type { VzenithSettings } from './settings.ts';

/** A command on its way to the camera. It leaves in the reply to one of the camera's own requests. */
export type CameraCommand =
  | { readonly kind: 'gate'; readonly action: GateAction }
  | { readonly kind: 'serial'; readonly channel: number; readonly bytes: Uint8Array }
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'recognise' };

/** Acknowledges a stored record and asks for the next one. */
export interface ContinuePushOffline {
  readonly plateid: number | string;
  readonly continue: 0 | 1;
}

/** What moves the arm. Anything but exactly `ok` opens nothing. */
function gateParts(action: GateAction | undefined, settings: VzenithSettings): object {
  if (action === undefined) return { info: 'no' };
  if (action === 'open' && settings.openWith === 'info') return { info: 'ok', channelNum: settings.openChannel };
  return { info: 'no', ivs_ioctrl: relayMove(action, settings) };
}

/**
 * The body of a reply. The object is always there, because newer models take a reply without it for a failed push. At most one
 * gate command fits into one reply, and it stands before everything else.
 */
export function replyBody(
  settings: VzenithSettings,
  commands: readonly CameraCommand[] = [],
  continuePushOffline?: ContinuePushOffline,
): string {
  const gate = commands.find((command) => command.kind === 'gate')?.action;
  const serial = commands.filter((command) => command.kind === 'serial');
  const asksFor = (kind: CameraCommand['kind']): boolean => commands.some((command) => command.kind === kind);
  const image = {
    port: settings.snapshotPort,
    snapImageRelativeUrl: settings.snapshotPath,
    snapImageAbsolutelyUrl: '',
  };
  return JSON.stringify({
    Response_AlarmInfoPlate: {
      ...gateParts(gate, settings),
      ...(serial.length > 0 && { serialData: serial.map(({ channel, bytes }) => serialEntry(channel, bytes)) }),
      ...(asksFor('recognise') && { manualTrigger: 'ok' }),
      ...(asksFor('snapshot') && { TriggerImage: image }),
      ...(continuePushOffline && { ContinuePushOffline: continuePushOffline }),
    },
  });
}

/** To whoever is not a camera of ours, or sent what we cannot read: nothing moves. */
export const NOTHING_REPLY = JSON.stringify({ Response_AlarmInfoPlate: { info: 'no' } });

/** A comet request for which nothing is to be done. */
export const IDLE_REPLY = JSON.stringify({ status: 'ok' });
