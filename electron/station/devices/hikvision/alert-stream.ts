import type { Clock, Entropy } from '../../runtime/ports.ts';
import type { DeviceLink } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { isJpeg } from '../jpeg-end.ts';
import type { HttpCaller } from '../links.ts';
import type { FindEnd, Part } from '../multipart.ts';
import { endOfJpeg, MultipartStream } from '../multipart-stream.ts';
import { PictureWait } from '../picture-wait.ts';
import { type HikEvent, parseEvent } from './messages.ts';

const CLOSING = /<\/(?:[\w.-]{1,60}:)?EventNotificationAlert\s{0,20}>/;
/** More than it can be long. */
const CLOSING_LENGTH = 128;

/** How the parts of the stream show their own end, where they have no length. */
export function endOf(headers: ReadonlyMap<string, string>): FindEnd | undefined {
  if (!/xml/i.test(headers.get('content-type') ?? '')) return endOfJpeg(headers);
  let searched = 0;
  return (body) => {
    const from = Math.max(0, searched - CLOSING_LENGTH);
    searched = body.length;
    const found = CLOSING.exec(body.toString('latin1', from));
    return found ? from + found.index + found[0].length : null;
  };
}

export interface AlertStreamDeps {
  readonly http: HttpCaller;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly link: DeviceLink;
  readonly url: string;
  /** Any event, heartbeats too; once more when its pictures are there. */
  readonly event: (event: HikEvent, pictures: readonly Uint8Array[]) => void;
  readonly state: (up: boolean) => void;
}

/** The alarm stream of the camera. */
export function alertStream({ url, event, state, ...deps }: AlertStreamDeps): MultipartStream {
  const wait = new PictureWait<HikEvent>(deps.clock, event);
  const part = ({ headers, body }: Part): void => {
    const type = headers.get('content-type') ?? '';
    if (isJpeg(body)) {
      deps.link.exchanged('in', `alertStream ${type}`, body);
      wait.picture(body);
      return;
    }
    const told = parseEvent(decodeText(body));
    // Heartbeats would push everything else out of the trace.
    if (told?.type !== 'videoloss') deps.link.exchanged('in', `alertStream ${type}`, body);
    if (told) wait.begin(told, told.anpr ? told.anpr.parts : 0);
  };
  return new MultipartStream({
    ...{ ...deps, name: 'alertStream', url: () => url, endOf, part },
    state: (up) => {
      if (!up) wait.flush();
      state(up);
    },
  });
}
