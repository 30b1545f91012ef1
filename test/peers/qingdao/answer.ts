import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import type { Finding } from './validate.ts';

export interface Answer {
  readonly code: number;
  readonly msg: string;
  readonly extra?: Readonly<Record<string, string>>;
}

/** 200 without findings, else 400 with the reasons, within the 200 characters of `msg`. */
export function answerOf(findings: readonly Finding[]): Answer {
  if (findings.length === 0) return { code: 200, msg: '操作成功' };
  return { code: 400, msg: `参数错误: ${findings.map((item) => item.detail).join('; ')}`.slice(0, 200) };
}

/** Cuts the connection with RST. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

const JSON_TYPE = 'application/json;charset=UTF-8';
const HTML = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

/** Sends the answer, or what a fault makes of it. */
export function write(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
  resultCodeAs: 'string' | 'number',
): void {
  const send = (status: number, contentType: string, body: string): void => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };
  const json = ({ code, msg, extra }: Answer): string =>
    JSON.stringify({ resultCode: resultCodeAs === 'string' ? String(code) : code, msg, ...extra });
  if (fault?.kind === 'http-status') send(fault.status, 'text/html', HTML);
  else if (fault?.kind === 'result-code') {
    send(200, JSON_TYPE, json({ code: fault.code, msg: fault.msg ?? '服务器错误' }));
  } else if (fault?.kind === 'garbage') send(200, JSON_TYPE, '{"resultCode":"20\u0001');
  else if (fault?.kind === 'html') send(200, 'text/html', HTML);
  else if (fault?.kind === 'content-type') send(200, 'text/html', json(answer));
  else if (fault?.kind === 'answer-lost' || fault?.kind === 'down') reset(response);
  else send(200, JSON_TYPE, json(answer));
}
