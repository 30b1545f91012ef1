import type { CameraBody } from '../camera/body.ts';

export type Message = Readonly<Record<string, unknown>>;

/** What one connection has asked for. */
export interface Wishes {
  results: { readonly image: boolean; readonly imageType: number } | null;
  /** RS-485 ports that were opened. */
  readonly ports: Set<number>;
  /** Seconds without a word after which the camera decides alone; 0 is off. */
  offlineAfter: number;
}

export interface Workplace {
  readonly body: CameraBody;
  readonly wishes: Wishes;
  readonly serialNo: string;
  recognise(): void;
}

/** What stands in the answer besides cmd, id and state_code; null is no answer at all. */
export type Reply = { readonly state?: number; readonly fields?: object } | null;
type Handler = (at: Workplace, message: Message) => Reply;

const BAD = 400;
const whole = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

/** False when the message was refused, with a complaint. */
function move({ body }: Workplace, message: Message): boolean {
  const [io, value, delay] = [whole(message['io']), whole(message['value']), whole(message['delay'])];
  if (io === null || io > 3 || value === null || value > 2) {
    body.complain(`${String(message['cmd'])}: io ${String(message['io'])}, value ${String(message['value'])}`);
    return false;
  }
  const cause = `vzenith-tcp ${String(message['cmd'])} ${String(message['id'] ?? '')}`;
  if (value !== 2) body.set(io, value === 1, cause);
  else if (delay === null || delay < 500 || delay > 5_000) {
    body.complain(`${String(message['cmd'])}: delay ${String(message['delay'])}`);
    return false;
  } else body.pulse(io, delay, cause);
  return true;
}

const COMM = /^rs485-([12])$/;

function transmit(place: Workplace, message: Message): Reply {
  const { body, wishes } = place;
  const subcmd = String(message['subcmd'] ?? '');
  const port = Number(COMM.exec(String(message['comm'] ?? ''))?.[1] ?? 0);
  if (port === 0) {
    body.complain(`ttransmission: comm ${String(message['comm'])}`);
    return subcmd === 'send' ? null : { state: BAD };
  }
  if (subcmd === 'init') wishes.ports.add(port);
  else if (subcmd === 'uninit') wishes.ports.delete(port);
  else if (subcmd === 'send') {
    send(place, message, port);
    return null;
  } else {
    body.complain(`ttransmission: subcmd ${JSON.stringify(subcmd)}`);
    return { state: BAD };
  }
  return { fields: { subcmd, response: 'ok' } };
}

function send({ body, wishes }: Workplace, message: Message, port: number): void {
  const data = String(message['data'] ?? '');
  const bytes = Buffer.from(data, 'base64');
  if (!wishes.ports.has(port)) body.complain(`ttransmission: rs485-${port} was not opened`);
  else if (bytes.toString('base64') !== data) body.complain('ttransmission: data is not strict base64');
  else if (bytes.length !== message['datalen'])
    body.complain(`ttransmission: datalen ${String(message['datalen'])}, ${bytes.length} bytes decoded`);
  else body.serial(port - 1, bytes, 'vzenith-tcp ttransmission');
}

function results({ body, wishes }: Workplace, message: Message): Reply {
  const imageType = whole(message['image_type']) ?? 0;
  if (typeof message['enable'] !== 'boolean' || message['format'] !== 'json' || imageType > 2) {
    body.complain(`ivsresult: enable ${String(message['enable'])}, format ${String(message['format'])}`);
    return { state: BAD };
  }
  wishes.results = message['enable'] ? { image: message['image'] !== false, imageType } : null;
  return {};
}

function inputValue({ body }: Workplace, message: Message): Reply {
  const gpio = whole(message['gpio']);
  if (gpio === null || gpio > 3) {
    body.complain(`get_gpio_value: gpio ${String(message['gpio'])}`);
    return { state: BAD };
  }
  return { fields: { gpio, value: body.input(gpio) ? 1 : 0 } };
}

/** By cmd. What it says in the answer is read off public clients where the document says no more than "as named". */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  ivsresult: results,
  ioctl: (place, message) => {
    move(place, message);
    return null;
  },
  ioctl_resp: (place, message) => (move(place, message) ? {} : { state: BAD }),
  ttransmission: transmit,
  get_gpio_value: inputValue,
  trigger: ({ recognise }) => {
    recognise();
    return {};
  },
  get_snapshot: ({ body }) => ({ fields: { imgformat: 'jpg', imgdata: body.view.toString('base64') } }),
  getsn: ({ serialNo }) => ({ fields: { value: serialNo } }),
  white_list_operator: () => ({}),
  reg_offline_check: ({ wishes, body }, message) => {
    const interval = message['sucmd'] === 'cancel' ? 0 : whole(message['interval']);
    if (interval === null) {
      body.complain(`reg_offline_check: interval ${String(message['interval'])}`);
      return { state: BAD };
    }
    wishes.offlineAfter = interval;
    return { fields: { response: 'ok' } };
  },
};
