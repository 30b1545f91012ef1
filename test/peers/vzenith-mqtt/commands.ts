import type { CameraBody } from '../camera/body.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Workplace {
  readonly body: CameraBody;
  /** Outputs that are locked, and at which level. */
  readonly locks: Map<number, boolean>;
  recognise(): void;
  snapshot(): void;
  reboot(): void;
  setClock(seconds: number): void;
}

export interface Done {
  readonly code: number;
  readonly body?: object;
}

type Handler = (at: Workplace, body: Fields, id: string) => Done;

const OK: Done = { code: 200 };
const BAD: Done = { code: 400 };
const LOCKED: Done = { code: 500 };
const whole = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
const complain = ({ body }: Workplace, what: string): Done => {
  body.complain(what);
  return BAD;
};

function gpioOut(place: Workplace, body: Fields, id: string): Done {
  const [io, value, delay] = [whole(body['io']), whole(body['value']), whole(body['delay'])];
  if (io === null || io > 3 || value === null || value > 2)
    return complain(place, `gpio_out: io ${String(body['io'])}, value ${String(body['value'])}`);
  if (value === 2 && (delay === null || delay < 500 || delay > 5_000))
    return complain(place, `gpio_out: delay ${String(body['delay'])}`);
  if (place.locks.has(io)) return LOCKED;
  const cause = `vzenith-mqtt gpio_out ${id}`;
  if (value === 2) place.body.pulse(io, delay ?? 0, cause);
  else place.body.set(io, value === 1, cause);
  return OK;
}

function lock(place: Workplace, body: Fields, id: string): Done {
  const [io, status] = [whole(body['ioout']), whole(body['status'])];
  if (io === null || io > 3 || status === null || status > 2)
    return complain(place, `set_io_lock_status: ioout ${String(body['ioout'])}, status ${String(body['status'])}`);
  if (status === 0) place.locks.delete(io);
  else place.locks.set(io, status === 1);
  place.body.set(io, status === 1, `vzenith-mqtt set_io_lock_status ${id}`);
  return OK;
}

function serialData(place: Workplace, body: Fields): Done {
  const entries: unknown = body['serialData'];
  if (!Array.isArray(entries) || entries.length === 0) return complain(place, 'serial_data without serialData');
  const ready = entries.map((entry: unknown) => serialEntry(place, entry));
  for (const one of ready) if (one) place.body.serial(one.channel, one.bytes, 'vzenith-mqtt serial_data');
  return ready.every((one) => one !== null) ? OK : BAD;
}

function serialEntry(place: Workplace, entry: unknown): { channel: number; bytes: Buffer } | null {
  const fields: Fields = typeof entry === 'object' && entry !== null ? { ...entry } : {};
  const [channel, data] = [whole(fields['serialChannel']), String(fields['data'] ?? '')];
  const bytes = Buffer.from(data, 'base64');
  if (channel === null || channel > 1) complain(place, `serial_data: serialChannel ${String(fields['serialChannel'])}`);
  else if (bytes.toString('base64') !== data) complain(place, 'serial_data: data is not strict base64');
  else if (bytes.length !== fields['dataLen'])
    complain(place, `serial_data: dataLen ${String(fields['dataLen'])}, ${bytes.length} bytes decoded`);
  else return { channel, bytes };
  return null;
}

/** By name. `gate_direct_open` is left out: most firmware does not have it. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  gpio_out: gpioOut,
  set_io_lock_status: lock,
  serial_data: serialData,
  tts_voice: () => OK,
  white_list_operator: () => OK,
  snapshot: (place) => {
    place.snapshot();
    return OK;
  },
  ivs_trigger: (place) => {
    place.recognise();
    return OK;
  },
  set_time: (place, body) => {
    const seconds = whole(body['timestamp']);
    if (seconds === null) return complain(place, `set_time: timestamp ${String(body['timestamp'])}`);
    place.setClock(seconds);
    return OK;
  },
  get_io_status: ({ body }) => ({
    code: 200,
    body: { ioin: [0, 1, 2, 3].map((input) => (body.input(input) ? 1 : 0)) },
  }),
  reboot_dev: (place) => {
    place.reboot();
    return OK;
  },
};
