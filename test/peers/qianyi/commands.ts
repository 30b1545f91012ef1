import type { CameraBody } from '../camera/body.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Workplace {
  readonly body: CameraBody;
  /** Held open by `barrierKeepOpen`. */
  readonly keepOpen: { on: boolean };
  readonly pulseMs: number;
}

/** `ok`, or what is wrong. */
type Handler = (at: Workplace, message: Fields, cause: string) => string;

/** The document names 0 and 2 alone; what 1 is differs between its copies. */
const OUTPUTS: readonly unknown[] = [0, 2];

function output({ body, pulseMs }: Workplace, message: Fields, cause: string): string {
  const { ionum, action } = { ionum: message['ionum'], action: message['action'] };
  if (!OUTPUTS.includes(ionum) || (action !== 'on' && action !== 'off')) {
    body.complain(`iooutput: ionum ${String(ionum)}, action ${String(action)}`);
    return 'parameter error';
  }
  if (action === 'on') body.pulse(Number(ionum), pulseMs, cause);
  else body.set(Number(ionum), false, cause);
  return 'ok';
}

function keep({ body, keepOpen }: Workplace, message: Fields, cause: string): string {
  const wish = message['isKeepOpen'];
  if (wish !== 0 && wish !== 1) {
    body.complain(`barrierKeepOpen: isKeepOpen ${String(wish)}`);
    return 'parameter error';
  }
  keepOpen.on = wish === 1;
  body.set(0, keepOpen.on, cause);
  return 'ok';
}

function rs485({ body }: Workplace, message: Fields, cause: string): string {
  if (message['encode_type'] !== 'base64') {
    body.complain(`rs485: encode_type ${String(message['encode_type'])}`);
    return 'parameter error';
  }
  const before = body.complaints.length;
  let sent = 0;
  for (const channel of [0, 1])
    for (const bytes of entries(body, message[`rs485ch${channel + 1}_data`])) {
      body.serial(channel, bytes, cause);
      sent += 1;
    }
  if (sent === 0 && body.complaints.length === before) body.complain('rs485 without data');
  return body.complaints.length === before ? 'ok' : 'parameter error';
}

function entries(body: CameraBody, list: unknown): Buffer[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    body.complain('rs485: data is not a list');
    return [];
  }
  return list.flatMap((entry: unknown) => {
    const data = typeof entry === 'object' && entry !== null && 'data' in entry ? String(entry.data) : '';
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length > 0 && bytes.toString('base64') === data) return [bytes];
    body.complain('rs485: data is not strict base64');
    return [];
  });
}

/** By cmd. */
export const HANDLERS: Readonly<Record<string, Handler>> = { iooutput: output, barrierKeepOpen: keep, rs485 };
