import type { ServerResponse } from 'node:http';
import { cutShort, ERROR_PAGE, end, reset } from '../http/response.ts';
import { pause } from '../timers.ts';
import type { Fault } from './faults.ts';
import type { Result } from './sends.ts';
import { type Answer, type AnswerStyle, writeAnswer } from './style.ts';

const PIECES = 10;
/** Where a redirect of a fault leads: to no interface of this cloud, so that whoever follows it is noticed. */
const ELSEWHERE = '/redirected';

/** The body in ten pieces over `ms`. */
async function drip(response: ServerResponse, body: Buffer, type: string, ms: number): Promise<boolean> {
  const size = Math.ceil(body.length / PIECES);
  response.writeHead(200, { 'content-type': type, 'content-length': body.length });
  for (let from = 0; from < body.length; from += size) {
    await pause(ms / PIECES);
    if (response.destroyed) return false;
    // The last piece goes out with the end: whoever has it all has been answered.
    if (from + size >= body.length) return end(response, body.subarray(from));
    response.write(body.subarray(from, from + size));
  }
  return false;
}

/** Sends the answer, or what a fault makes of it. Says what the car park can have made of it. */
export async function write(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
  style: AnswerStyle,
): Promise<Result> {
  if (response.destroyed || response.socket?.destroyed) return 'unheard';
  const body = Buffer.from(writeAnswer(answer, style), 'utf8');
  const type = style.contentType;
  const send = (status: number, contentType: string, said: string): Promise<boolean> =>
    end(
      response.writeHead(status, {
        'content-type': contentType,
        ...(status >= 300 && status < 400 ? { location: ELSEWHERE } : {}),
      }),
      said,
    );
  switch (fault?.kind) {
    case 'http-status':
      await send(fault.status, 'text/html', ERROR_PAGE);
      return 'unheard';
    case 'html':
      await send(200, 'text/html', ERROR_PAGE);
      return 'unheard';
    case 'garbage':
      await send(200, type, '{"respCode":"0","resp\u0001');
      return 'unheard';
    case 'resp-code':
      await send(200, type, writeAnswer(answer, style, { value: fault.value }));
      return 'unclear';
    case 'answer-lost':
      reset(response);
      return 'unheard';
    case 'silence':
      if ('ms' in fault) setTimeout(() => reset(response), fault.ms).unref();
      return 'unheard';
    case 'cut':
      cutShort(response, type, body);
      return 'unheard';
    case 'slow-body':
      return (await drip(response, body, type, fault.ms)) ? 'heard' : 'unheard';
    default:
      return (await end(response.writeHead(200, { 'content-type': type }), body.toString('utf8')))
        ? 'heard'
        : 'unheard';
  }
}
