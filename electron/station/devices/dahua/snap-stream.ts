import type { Clock, Entropy } from '../../runtime/ports.ts';
import type { DeviceLink } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { isJpeg } from '../jpeg-end.ts';
import type { HttpCaller } from '../links.ts';
import type { Part } from '../multipart.ts';
import { endOfJpeg, MultipartStream } from '../multipart-stream.ts';
import { PictureWait } from '../picture-wait.ts';
import { attachPath } from './cgi.ts';
import { type DahuaEvent, readEvents } from './messages.ts';

export interface SnapStreamDeps {
  readonly http: HttpCaller;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly link: DeviceLink;
  readonly channel: number;
  readonly url: (path: string) => string;
  /** An event; once more when its pictures are there. */
  readonly event: (event: DahuaEvent, pictures: readonly Uint8Array[]) => void;
  /** Any sign of life. */
  readonly alive: () => void;
  readonly state: (up: boolean, why: string) => void;
}

/** Events and pictures of the camera, as they come. */
export function snapStream({ channel, url, event, alive, state, ...deps }: SnapStreamDeps): MultipartStream {
  const wait = new PictureWait<DahuaEvent>(deps.clock, event);
  let turn = 0;
  const part = ({ headers, body }: Part): void => {
    alive();
    if (isJpeg(body)) {
      deps.link.exchanged('in', `snapManager ${headers.get('content-type') ?? ''}`, body);
      wait.picture(body);
      return;
    }
    const text = decodeText(body);
    const events = readEvents(text);
    // Heartbeats would push everything else out of the trace.
    if (text.trim() !== 'Heartbeat') deps.link.exchanged('in', 'snapManager text/plain', body);
    if (events.length === 0) wait.flush();
    // Pictures belong to the last of several.
    for (const each of events) wait.begin(each, null);
  };
  return new MultipartStream({
    ...{ ...deps, name: 'snapManager', endOf: endOfJpeg, part },
    url: () => url(attachPath(channel, turn)),
    state: (up, why, status) => {
      if (!up) wait.flush();
      // It does not like how the list is written: the next attempt writes it in another way.
      if (!up && status === 400) turn += 1;
      state(up, why);
    },
  });
}
