import type { CommandEnd } from '../command-end.ts';
import type { DeviceLink } from '../device.ts';
import { decodeText } from '../device-text.ts';
import type { HttpAnswer, HttpCaller, HttpFailure } from '../links.ts';

const ANSWER_MS = 3_000;
const MOST_BYTES = 64 * 1024;

/** A picture that was asked for. */
export const MANUAL_SNAP = 'TrafficManualSnap';

/** Ways to write brackets: as the document does, escaped, and escaped in one of both places. */
const SPELLINGS = [
  { flags: 'Flags[0]', list: (code: string) => `[${code}]` },
  { flags: 'Flags%5B0%5D', list: (code: string) => `%5B${code}%5D` },
  { flags: 'Flags[0]', list: (code: string) => `%5B${code}%5D` },
  { flags: 'Flags%5B0%5D', list: (code: string) => `[${code}]` },
] as const;

/** Where events and pictures are listened to; `turn` takes the ways to write it one after the other. */
export function attachPath(channel: number, turn: number, code = 'TrafficJunction'): string {
  const { flags, list } = SPELLINGS[turn % SPELLINGS.length] ?? SPELLINGS[0];
  return `/cgi-bin/snapManager.cgi?action=attachFileProc&channel=${channel}&heartbeat=5&${flags}=Event&Events=${list(code)}`;
}

export const openPath = (channel: number): string =>
  `/cgi-bin/trafficSnap.cgi?action=openStrobe&channel=${channel}&info.openType=Normal&info.plateNumber=`;
export const closePath = (channel: number): string => `/cgi-bin/trafficSnap.cgi?action=closeStrobe&channel=${channel}`;
export const snapPath = (channel: number): string => `/cgi-bin/trafficSnap.cgi?action=manSnap&channel=${channel}`;

/** The CGI of the camera. `http` logs in. */
export class Cgi {
  readonly #http: HttpCaller;
  readonly #link: DeviceLink;
  readonly #base: string;

  constructor(http: HttpCaller, link: DeviceLink, { host, port }: { readonly host: string; readonly port: number }) {
    this.#http = http;
    this.#link = link;
    this.#base = `http://${host}:${port}`;
  }

  url(path: string): string {
    return this.#base + path;
  }

  async order(path: string, leaveWithinMs: number): Promise<CommandEnd> {
    this.#link.exchanged('out', `GET ${path}`, '');
    const answer = await this.#http.ask({
      ...{ method: 'GET', url: this.url(path), maxBytes: MOST_BYTES },
      ...{ timeoutMs: leaveWithinMs + ANSWER_MS, leaveWithinMs },
    });
    if ('failed' in answer) this.#link.exchanged('in', answer.failed, answer.detail);
    else this.#link.exchanged('in', String(answer.status), answer.body);
    return endOf(answer);
  }
}

function endOf(answer: HttpAnswer | HttpFailure): CommandEnd {
  if ('failed' in answer) return { verdict: answer.failed, detail: answer.detail };
  const said = decodeText(answer.body).replace(/\s+/g, ' ').trim();
  const detail = `HTTP ${answer.status}${said === '' ? '' : `，${said.slice(0, 80)}`}`;
  if (answer.status === 501 || /not implemented/i.test(said)) return { verdict: 'unsupported', detail };
  if (answer.status === 200 && /^OK\b/i.test(said)) return { verdict: 'done', detail };
  if (answer.status >= 400 && answer.status < 500) return { verdict: 'refused', detail };
  return { verdict: 'unclear', detail };
}
