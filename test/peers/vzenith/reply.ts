import { z } from 'zod';

/** What a reply makes the camera do. */
export type CameraAction =
  | { readonly kind: 'pulse'; readonly relay: number; readonly ms: number }
  | { readonly kind: 'switch'; readonly relay: number; readonly on: boolean }
  | { readonly kind: 'serial'; readonly channel: number; readonly bytes: Buffer }
  | { readonly kind: 'snapshot'; readonly port: number; readonly relative: string; readonly absolute: string }
  | { readonly kind: 'recognise' }
  | { readonly kind: 'voice'; readonly request: unknown }
  | { readonly kind: 'offline'; readonly plateId: number; readonly more: boolean };

export interface DecodedReply {
  /** False when the camera takes the answer for none at all: it sends the record again. */
  readonly accepted: boolean;
  readonly actions: readonly CameraAction[];
  /** What was wrong with it. A part with a fault is not carried out. */
  readonly faults: readonly string[];
  readonly info: string | null;
}

/** Width of the relay pulse that `info: "ok"` gives in the firmware known to us. */
export const OK_PULSE_MS = 500;

const relay = z.int().min(0).max(3);
const serialEntry = z.strictObject({ serialChannel: z.int().min(0).max(1), data: z.string(), dataLen: z.int().min(0) });
const parts = {
  info: z.string(),
  channelNum: relay,
  serialData: z.array(z.unknown()),
  ivs_ioctrl: z.strictObject({ io: relay, value: z.int().min(0).max(2), delay: z.int().min(0) }),
  TriggerImage: z.strictObject({
    port: z.int().min(1).max(65_535),
    snapImageRelativeUrl: z.string(),
    snapImageAbsolutelyUrl: z.string(),
  }),
  manualTrigger: z.literal('ok'),
  ContinuePushOffline: z.strictObject({ plateid: z.int(), continue: z.int().min(0).max(1) }),
  playserver_json_request: z.looseObject({ type: z.literal('ps_voice_play'), voice: z.string() }),
  is_pay: z.unknown(),
  content: z.unknown(),
};
type PartName = keyof typeof parts;
const isPart = (name: string): name is PartName => Object.hasOwn(parts, name);

/** Bytes of base64 with padding and without anything else; an empty text is no bytes. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function decodeSerial(entries: readonly unknown[], faults: string[]): CameraAction[] {
  return entries.flatMap((entry, index): CameraAction[] => {
    const parsed = serialEntry.safeParse(entry);
    if (!parsed.success) {
      faults.push(`serialData[${index}]: ${z.prettifyError(parsed.error)}`);
      return [];
    }
    const { serialChannel, data, dataLen } = parsed.data;
    const bytes = strictBase64(data);
    if (!bytes) faults.push(`serialData[${index}]: data is not strict base64`);
    else if (bytes.length !== dataLen)
      faults.push(`serialData[${index}]: dataLen ${dataLen}, ${bytes.length} bytes decoded`);
    else return [{ kind: 'serial', channel: serialChannel, bytes }];
    return [];
  });
}

/** The parts of a `Response_AlarmInfoPlate`, in the order in which the camera carries them out. */
function decodeParts(response: Readonly<Record<string, unknown>>): DecodedReply {
  const faults: string[] = [];
  for (const name of Object.keys(response)) if (!isPart(name)) faults.push(`unknown member ${name}`);
  const read = <S extends z.ZodType>(name: PartName, schema: S): z.output<S> | undefined => {
    if (!(name in response)) return undefined;
    const parsed = schema.safeParse(response[name]);
    if (parsed.success) return parsed.data;
    faults.push(`${name}: ${z.prettifyError(parsed.error)}`);
    return undefined;
  };
  const actions: CameraAction[] = [];
  const info = read('info', parts.info) ?? null;
  const channel = read('channelNum', parts.channelNum) ?? ('channelNum' in response ? undefined : 0);
  if (info === 'ok' && channel !== undefined) actions.push({ kind: 'pulse', relay: channel, ms: OK_PULSE_MS });
  const io = read('ivs_ioctrl', parts.ivs_ioctrl);
  if (io?.value === 2) actions.push({ kind: 'pulse', relay: io.io, ms: io.delay });
  else if (io) actions.push({ kind: 'switch', relay: io.io, on: io.value === 1 });
  actions.push(...decodeSerial(read('serialData', parts.serialData) ?? [], faults));
  const voice = read('playserver_json_request', parts.playserver_json_request);
  if (voice) {
    if (strictBase64(voice.voice)) actions.push({ kind: 'voice', request: voice });
    else faults.push('playserver_json_request: voice is not strict base64');
  }
  if (read('manualTrigger', parts.manualTrigger)) actions.push({ kind: 'recognise' });
  const image = read('TriggerImage', parts.TriggerImage);
  if (image)
    actions.push({
      kind: 'snapshot',
      port: image.port,
      relative: image.snapImageRelativeUrl,
      absolute: image.snapImageAbsolutelyUrl,
    });
  const next = read('ContinuePushOffline', parts.ContinuePushOffline);
  if (next) actions.push({ kind: 'offline', plateId: next.plateid, more: next.continue === 1 });
  return { accepted: true, actions, faults, info };
}

const nothing = (fault: string): DecodedReply => ({ accepted: false, actions: [], faults: [fault], info: null });

/**
 * Reads the body of a 2xx as a strict firmware does. After a plate only a `Response_AlarmInfoPlate` object counts; a comet
 * poll may also be answered `{"status":"ok"}` (nothing to do) or `{"type":"AVS_TRIGGER"}`.
 */
export function decodeReply(body: string, to: 'plate' | 'comet'): DecodedReply {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return nothing('reply is not JSON');
  }
  const root = z.record(z.string(), z.unknown()).safeParse(json);
  if (!root.success) return nothing('reply is not a JSON object');
  const response = z.record(z.string(), z.unknown()).safeParse(root.data['Response_AlarmInfoPlate']);
  if (response.success) return decodeParts(response.data);
  if (to === 'comet' && root.data['status'] === 'ok') return { accepted: true, actions: [], faults: [], info: null };
  if (to === 'comet' && root.data['type'] === 'AVS_TRIGGER')
    return { accepted: true, actions: [{ kind: 'recognise' }], faults: [], info: null };
  return nothing('reply has no Response_AlarmInfoPlate object');
}
