import { outcomeOf, refused } from '../command-end.ts';
import type { CommandOutcome } from '../device.ts';
import { MultipartReader } from '../multipart.ts';
import { endOfJpeg } from '../multipart-stream.ts';
import { largestOf, PictureWait } from '../picture-wait.ts';
import { type Cgi, MANUAL_SNAP, snapPath } from './cgi.ts';
import type { DahuaEvent } from './messages.ts';
import { eventPart, type SnapStreamDeps } from './snap-stream.ts';

const CONNECT_MS = 3_000;
/** So long a picture may take. */
const PICTURE_MS = 10_000;

interface ManualSnapDeps extends Pick<SnapStreamDeps, 'http' | 'clock' | 'link'> {
  readonly channel: number;
  readonly cgi: Cgi;
  /** Where such events are listened to. */
  readonly url: () => string;
  readonly taken: (picture: Uint8Array) => void;
}

/** Pictures that are asked for. They come as events of their own, for which the camera is listened to as long as that takes. */
export class ManualSnap {
  readonly #deps: ManualSnapDeps;
  #stop: () => void = () => undefined;
  /** The event that was told last. */
  #lastId: string | null = null;

  constructor(deps: ManualSnapDeps) {
    this.#deps = deps;
  }

  stop(): void {
    this.#stop();
  }

  async take(leaveWithinMs: number): Promise<CommandOutcome> {
    this.#stop();
    const status = await this.#listen();
    if (status !== 200) {
      this.#stop();
      return refused(`相机不肯上报抓拍的图片${status === null ? '' : `（应答 ${status}）`}`);
    }
    const { cgi, channel } = this.#deps;
    const ended = await cgi.order(snapPath(channel), leaveWithinMs);
    if (ended.verdict !== 'done') this.#stop();
    return outcomeOf(ended);
  }

  /** Such an event, whoever heard it. @returns false where it is of something else */
  heard(event: DahuaEvent, pictures: readonly Uint8Array[]): boolean {
    if (event.code.toLowerCase() !== MANUAL_SNAP.toLowerCase()) return false;
    const photo = largestOf(pictures);
    if (photo === null || event.id === this.#lastId) return true;
    this.#lastId = event.id;
    this.#stop();
    this.#deps.taken(photo);
    return true;
  }

  /** @returns how the camera answered; null: not at all */
  #listen(): Promise<number | null> {
    const { http, clock, link, url } = this.#deps;
    const wait = new PictureWait<DahuaEvent>(clock, (event, pictures) => void this.heard(event, pictures));
    const part = eventPart({ link, wait, name: MANUAL_SNAP });
    const reader = new MultipartReader({ endOf: endOfJpeg, part });
    link.exchanged('out', `GET snapManager ${MANUAL_SNAP}`, '');
    return new Promise((resolve) => {
      let status: number | null = null;
      const close = http.stream(
        { url: url(), connectMs: CONNECT_MS, idleMs: PICTURE_MS },
        {
          head: (told) => {
            status = told;
            link.exchanged('in', `${told} snapManager ${MANUAL_SNAP}`, '');
            resolve(told);
          },
          data: (bytes) => {
            if (status === 200) reader.push(bytes);
          },
          end: () => {
            wait.flush();
            resolve(null);
          },
        },
      );
      const cancel = clock.after(CONNECT_MS + PICTURE_MS, () => this.#stop());
      this.#stop = () => {
        this.#stop = () => undefined;
        cancel();
        close();
      };
    });
  }
}
