import type { ServerResponse } from 'node:http';
import { cutShort, ERROR_PAGE, end, reset } from '../http/response.ts';
import { pause } from '../timers.ts';
import type { Fault, Shape } from './faults.ts';
import type { JsonObject } from './json.ts';
import type { Result } from './sends.ts';
import { type Answer, type AnswerStyle, membersOf } from './style.ts';

const PIECES = 10;
/** Where a redirect of a fault leads: to no interface of the third party, so that whoever follows it is noticed. */
const ELSEWHERE = '/redirected';
/** Shapes that say nothing where a row is needed. */
const EMPTY: readonly Shape[] = ['data-null', 'data-missing', 'data-empty'];

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

function shaped(members: JsonObject, shape: Shape): JsonObject {
  const { data, resCode, ...rest } = members;
  const rows = Array.isArray(data) ? data : [];
  switch (shape) {
    case 'res-code-text':
      return { ...members, resCode: String(resCode) };
    case 'res-code-missing':
      return { ...rest, data };
    case 'res-msg-null':
      return { ...members, resMsg: null };
    case 'data-object':
      return { ...members, data: rows[0] ?? null };
    case 'data-null':
      return { ...members, data: null };
    case 'data-missing':
      return { ...rest, resCode };
    case 'data-empty':
      return { ...members, data: [] };
    default:
      return members;
  }
}

/** What the car park can have made of an answer in that shape. */
function understood(shape: Shape, { rows, resCode }: Answer): Result {
  if (shape === 'res-code-missing') return 'unclear';
  return EMPTY.includes(shape) && resCode === 0 && rows !== null && rows.length > 0 ? 'unclear' : 'heard';
}

/** Sends the answer, or what a fault makes of it. Says what the car park can have made of it. */
export async function write(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
  style: AnswerStyle,
): Promise<Result> {
  if (response.destroyed || response.socket?.destroyed) return 'unheard';
  const members = membersOf(answer, style);
  const type = style.contentType;
  const body = Buffer.from(JSON.stringify(members), 'utf8');
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
      await send(200, type, '{"resCode":0,"resM\u0001');
      return 'unheard';
    case 'answer': {
      const text = JSON.stringify(shaped(members, fault.shape));
      const isOut = await send(200, fault.shape === 'text-html' ? 'text/html; charset=utf-8' : type, text);
      return isOut ? understood(fault.shape, answer) : 'unheard';
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
