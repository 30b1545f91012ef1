import type { ServerResponse } from 'node:http';
import { cutShort, ERROR_PAGE, end, reset } from '../http/response.ts';
import { pause } from '../timers.ts';
import type { Fault } from './faults.ts';
import { type Answer, type AnswerStyle, writeAnswer } from './style.ts';

const PIECES = 10;

/** The body in ten pieces over `ms`. */
async function drip(response: ServerResponse, body: Buffer, type: string, ms: number): Promise<boolean> {
  const size = Math.ceil(body.length / PIECES);
  response.writeHead(200, { 'content-type': type, 'content-length': body.length });
  for (let from = 0; from < body.length && !response.destroyed; from += size) {
    response.write(body.subarray(from, from + size));
    await pause(ms / PIECES);
  }
  return end(response, '');
}

/** Sends the answer, or what a fault makes of it. Says whether the car park can have read the answer. */
export async function write(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
  style: AnswerStyle,
): Promise<boolean> {
  if (response.destroyed || response.socket?.destroyed) return false;
  const text = writeAnswer(answer, style);
  const body = Buffer.from(text, 'utf8');
  const send = (status: number, type: string, said: string): Promise<boolean> =>
    end(response.writeHead(status, { 'content-type': type }), said);
  const unheard = async (sending: Promise<boolean>): Promise<boolean> => (await sending) && false;
  switch (fault?.kind) {
    case 'http-status':
      return unheard(send(fault.status, 'text/html', ERROR_PAGE));
    case 'html':
      return unheard(send(200, 'text/html', ERROR_PAGE));
    case 'garbage':
      return unheard(send(200, style.contentType, '{"status":0,"mess\u0001'));
    case 'status':
      return unheard(
        send(
          200,
          style.contentType,
          writeAnswer({ status: fault.status, message: fault.message ?? '系统繁忙' }, style),
        ),
      );
    case 'answer-lost':
      reset(response);
      return false;
    case 'silence':
      return false;
    case 'cut':
      cutShort(response, style.contentType, body);
      return false;
    case 'slow-body':
      return drip(response, body, style.contentType, fault.ms);
    default:
      return send(200, style.contentType, text);
  }
}
