import type { ServerResponse } from 'node:http';
import { cutShort, ERROR_PAGE, end, reset } from '../http/response.ts';
import { pause } from '../timers.ts';
import type { Fault, Shape } from './faults.ts';
import type { JsonObject } from './json.ts';
import type { Result } from './sends.ts';
import { type Answer, type AnswerStyle, membersOf } from './style.ts';

const PIECES = 10;
/** Where a redirect of a fault leads: to no interface of the cloud, so that whoever follows it is noticed. */
const ELSEWHERE = '/redirected';
/** Shapes that say nothing. */
const MUTE: readonly Shape[] = ['code-missing', 'code-null', 'code-words'];

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

function shaped(answer: Answer, style: AnswerStyle, now: number, shape: Shape): JsonObject {
  const members = membersOf(answer, style, now);
  const name = 'code' in members ? 'code' : 'resultCode';
  const { [name]: code, ...rest } = members;
  switch (shape) {
    case 'code-text':
      return { ...members, [name]: String(code) };
    case 'code-missing':
      return rest;
    case 'code-null':
      return { ...members, [name]: null };
    case 'code-words':
      return { ...members, [name]: 'OK' };
    case 'data-null':
      return membersOf(answer, { ...style, data: 'null' }, now);
    case 'data-missing':
      return membersOf(answer, { ...style, data: 'missing' }, now);
    case 'data-list':
      return membersOf(answer, { ...style, data: 'list' }, now);
    case 'table35':
      return membersOf(answer, { ...style, envelope: 'table35' }, now);
    default:
      return members;
  }
}

/** Sends the answer, or what a fault makes of it. Says what the car park can have made of it. */
export async function write(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
  style: AnswerStyle,
  now: number,
): Promise<Result> {
  if (response.destroyed || response.socket?.destroyed) return 'unheard';
  const type = style.contentType;
  const body = Buffer.from(JSON.stringify(membersOf(answer, style, now)), 'utf8');
  const send = (status: number, contentType: string, said: string | Buffer): Promise<boolean> =>
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
      await send(200, type, '{"code":0,"ms\u0001');
      return 'unheard';
    case 'answer': {
      const text = JSON.stringify(shaped(answer, style, now, fault.shape));
      const isOut = await send(200, fault.shape === 'text-html' ? 'text/html; charset=utf-8' : type, text);
      if (!isOut) return 'unheard';
      return MUTE.includes(fault.shape) ? 'unclear' : 'heard';
    }
    case 'answer-lost':
      reset(response);
      return 'unheard';
    case 'silence':
      return 'unheard';
    case 'cut':
      cutShort(response, type, body);
      return 'unheard';
    case 'slow-body':
      return (await drip(response, body, type, fault.ms)) ? 'heard' : 'unheard';
    default:
      return (await send(200, type, body)) ? 'heard' : 'unheard';
  }
}
