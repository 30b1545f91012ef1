import type { Clock, Entropy } from '../../runtime/ports.ts';
import type { DeviceLink } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { isJpeg } from '../jpeg-end.ts';
import type { HttpCaller } from '../links.ts';
import type { Part } from '../multipart.ts';
import { endOfJpeg, MultipartStream } from '../multipart-stream.ts';
import { PictureWait } from '../picture-wait.ts';
import { type DahuaEvent, readEvents } from './messages.ts';

export interface SnapStreamDeps {
  readonly http: HttpCaller;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly link: DeviceLink;
  /** Where it is listened to, in the `turn`-th way to write it. */
  readonly url: (turn: number) => string;
  /** An event; once more when its pictures are there. */
  readonly event: (event: DahuaEvent, pictures: readonly Uint8Array[]) => void;
  /** Any sign of life. */
  readonly alive: () => void;
  readonly state: (up: boolean, why: string) => void;
}

/** What is done with a part that came. */
export function eventPart({
  link,
  wait,
  name,
}: {
  readonly link: DeviceLink;
  readonly wait: PictureWait<DahuaEvent>;
  readonly name: string;
}): (part: Part) => void {
  return ({ headers, body }) => {
    if (isJpeg(body)) {
      link.exchanged('in', `${name} ${headers.get('content-type') ?? ''}`, body);
      wait.picture(body);
      return;
    }
    const text = decodeText(body);
    const events = readEvents(text);
    // Heartbeats would push everything else out of the trace.
    if (text.trim() !== 'Heartbeat') link.exchanged('in', `${name} text/plain`, body);
    if (events.length === 0) wait.flush();
    // Pictures belong to the last of several.
    for (const each of events) wait.begin(each, null);
  };
}

/** Events and pictures of the camera, as they come. */
export function snapStream({ url, event, alive, state, ...deps }: SnapStreamDeps): MultipartStream {
  const wait = new PictureWait<DahuaEvent>(deps.clock, event);
  const take = eventPart({ link: deps.link, wait, name: 'snapManager' });
  let turn = 0;
  return new MultipartStream({
    ...{ ...deps, name: 'snapManager', endOf: endOfJpeg },
    part: (part) => {
      alive();
      take(part);
    },
    url: () => url(turn),
    state: (up, why, status) => {
      if (!up) wait.flush();
      // It may not like how the list is written: the next attempt writes it in another way.
      if (!up && status !== null && status !== 200 && status !== 401) turn += 1;
      state(up, why);
    },
  });
}
