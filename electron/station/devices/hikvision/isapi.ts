import type { CommandEnd } from '../command-end.ts';
import type { DeviceLink } from '../device.ts';
import { decodeText } from '../device-text.ts';
import type { HttpAnswer, HttpCaller, HttpFailure, HttpQuestion } from '../links.ts';
import { verdictOf } from './messages.ts';

const ANSWER_MS = 3_000;
const PICTURE_MS = 5_000;
const XML_BYTES = 512 * 1024;
const PICTURE_BYTES = 4 * 1024 * 1024;

/** The camera's web server. What is asked again and again is traced only where the answer is another than before. */
export class Isapi {
  readonly #http: HttpCaller;
  readonly #link: DeviceLink;
  readonly #base: string;
  /** Last answers of what is polled, by path. */
  readonly #last = new Map<string, string>();

  /** `http` logs in. */
  constructor(http: HttpCaller, link: DeviceLink, { host, port }: { readonly host: string; readonly port: number }) {
    this.#http = http;
    this.#link = link;
    this.#base = `http://${host}:${port}`;
  }

  url(path: string): string {
    return this.#base + path;
  }

  /** A command. `leaveWithinMs`: later it does not leave any more. */
  async put(path: string, body: string, leaveWithinMs: number): Promise<CommandEnd> {
    this.#link.exchanged('out', `PUT ${path}`, body);
    const answer = await this.#http.ask({
      ...{ method: 'PUT', url: this.url(path), body, headers: { 'Content-Type': 'application/xml' } },
      ...{ timeoutMs: leaveWithinMs + ANSWER_MS, leaveWithinMs, maxBytes: XML_BYTES },
    });
    this.#traced(path, answer);
    if ('failed' in answer) return { verdict: answer.failed, detail: answer.detail };
    return verdictOf(answer.status, decodeText(answer.body));
  }

  /** The text of an answer, whatever it says. */
  async get(path: string, isPolled = false): Promise<{ readonly status: number; readonly text: string } | HttpFailure> {
    const answer = await this.#get({ timeoutMs: ANSWER_MS, maxBytes: XML_BYTES }, path, isPolled);
    return 'failed' in answer ? answer : { status: answer.status, text: decodeText(answer.body) };
  }

  /** A picture, or why there is none. */
  async picture(path: string): Promise<Uint8Array | string> {
    const answer = await this.#get({ timeoutMs: PICTURE_MS, maxBytes: PICTURE_BYTES }, path, false);
    if ('failed' in answer) return answer.detail;
    if (answer.body[0] === 0xff && answer.body[1] === 0xd8) return answer.body;
    return verdictOf(answer.status, decodeText(answer.body)).detail || '应答不是图片';
  }

  async #get(
    limits: Pick<HttpQuestion, 'timeoutMs' | 'maxBytes'>,
    path: string,
    isPolled: boolean,
  ): Promise<HttpAnswer | HttpFailure> {
    if (!isPolled) this.#link.exchanged('out', `GET ${path}`, '');
    const answer = await this.#http.ask({ method: 'GET', url: this.url(path), ...limits });
    if (!isPolled || this.#isNews(path, answer)) this.#traced(path, answer);
    return answer;
  }

  #isNews(path: string, answer: HttpAnswer | HttpFailure): boolean {
    const told = 'failed' in answer ? answer.detail : `${answer.status} ${decodeText(answer.body)}`;
    if (this.#last.get(path) === told) return false;
    this.#last.set(path, told);
    return true;
  }

  #traced(path: string, answer: HttpAnswer | HttpFailure): void {
    if ('failed' in answer) this.#link.exchanged('in', `${path} ${answer.failed}`, answer.detail);
    else
      this.#link.exchanged('in', `${answer.status} ${path} ${answer.headers.get('content-type') ?? ''}`, answer.body);
  }
}
