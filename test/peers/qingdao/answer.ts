import type { ServerResponse } from 'node:http';
import { cutShort, ERROR_PAGE, reset } from '../http/response.ts';
import type { Fault } from './faults.ts';
import type { Finding } from './finding.ts';
import type { AnswerStyle } from './style.ts';

/** What stands in an answer besides resultCode and msg. */
export type Extra = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly code: number;
  readonly msg: string;
  readonly extra?: Extra;
  /** Without resultCode and msg, as in two of the source's examples (D42). */
  readonly bare?: boolean;
}

/** 200 without findings, else 400 with the reasons, within the 200 characters of `msg`. */
export function answerOf(findings: readonly Finding[], msg = '操作成功'): Answer {
  if (findings.length === 0) return { code: 200, msg };
  return { code: 400, msg: `参数错误: ${findings.map((item) => item.detail).join('; ')}`.slice(0, 200) };
}

const JSON_TYPE = 'application/json;charset=UTF-8';
const PIECES = 10;

/** The body in ten pieces over `ms`. */
async function drip(response: ServerResponse, body: string, ms: number): Promise<void> {
  const bytes = Buffer.from(body, 'utf8');
  const size = Math.ceil(bytes.length / PIECES);
  response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': bytes.length });
  for (let from = 0; from < bytes.length && !response.destroyed; from += size) {
    response.write(bytes.subarray(from, from + size));
    await new Promise((resolve) => setTimeout(resolve, ms / PIECES));
  }
  response.end();
}

/** Sends the answer, or what a fault makes of it. Says whether the car park can have read the answer. */
export async function write(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
  style: AnswerStyle,
): Promise<boolean> {
  if (response.destroyed || response.socket?.destroyed) return false;
  const send = (status: number, contentType: string, body: string): void => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };
  const json = ({ code, msg, extra, bare }: Answer): string =>
    JSON.stringify({
      ...(bare ? {} : { resultCode: style.resultCodeAs === 'string' ? String(code) : code, msg }),
      ...extra,
    });
  switch (fault?.kind) {
    case 'http-status':
      send(fault.status, 'text/html', ERROR_PAGE);
      return false;
    case 'result-code':
      send(200, JSON_TYPE, json({ code: fault.code, msg: fault.msg ?? '服务器错误' }));
      return false;
    case 'garbage':
      send(200, JSON_TYPE, '{"resultCode":"20\u0001');
      return false;
    case 'html':
      send(200, 'text/html', ERROR_PAGE);
      return false;
    case 'content-type':
      send(200, 'text/html', json(answer));
      return true;
    case 'answer-lost':
    case 'down':
      reset(response);
      return false;
    case 'silence':
      return false;
    case 'cut': {
      const body = Buffer.from(json(answer), 'utf8');
      cutShort(response, JSON_TYPE, body);
      return false;
    }
    case 'slow-body':
      await drip(response, json(answer), fault.ms);
      return !response.destroyed;
    default:
      send(200, JSON_TYPE, json(answer));
      return true;
  }
}
