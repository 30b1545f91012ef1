import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../runtime/ports.ts';
import type { HttpAnswer, HttpCaller, HttpFailure, HttpQuestion } from '../links.ts';

const MOST_BYTES = 10 * 1024 * 1024;

const headersOf = (message: IncomingMessage): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(message.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
    ),
  );

/** What became of a connection, in words. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', '对方拒绝连接'],
  ['ECONNRESET', '连接被断开'],
  ['EPIPE', '连接被断开'],
  ['ETIMEDOUT', '连接超时'],
  ['EHOSTUNREACH', '网络不通'],
  ['ENETUNREACH', '网络不通'],
  ['ENOTFOUND', '找不到该地址'],
]);

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS.get(code) ?? error.message;
}

/**
 * A system goes on sending what it has for minutes after a plain close: a request that was given up would be carried out seconds later.
 */
function giveUp(call: ClientRequest | undefined, socket: Socket | undefined): void {
  if (socket && !socket.connecting && !socket.destroyed) socket.resetAndDestroy();
  call?.destroy();
}

/**
 * HTTP to devices in the lane's own network. Each request has a connection of its own: one that was kept and has died meanwhile could not
 * be told from a command that was lost on its way.
 */
export const httpCaller = (clock: Clock): HttpCaller => ({
  ask: (question) => ask(question, clock),
  stream: (question, listener) => {
    let isOver = false;
    let cancel = clock.after(question.connectMs, () => over('连接超时'));
    let call: ClientRequest | undefined;
    let socket: Socket | undefined;
    const over = (why: string): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      giveUp(call, socket);
      try {
        listener.end(why);
      } catch {
        // Above timers and sockets nobody catches, and whom it could be told was just told that it is over.
      }
    };
    /** What fails in the listener ends the stream, not the program. */
    const tell = (task: () => void): void => {
      try {
        task();
      } catch (error) {
        over(reason(error));
      }
    };
    const alive = (): void => {
      cancel();
      cancel = clock.after(question.idleMs, () => over(`${Math.round(question.idleMs / 1000)} 秒没有数据`));
    };
    try {
      call = request(question.url, { method: 'GET', agent: false, headers: { ...question.headers } });
    } catch (error) {
      cancel();
      cancel = clock.after(0, () => over(reason(error)));
      return () => over('已停止');
    }
    call.on('socket', (own) => {
      socket = own;
    });
    call.on('response', (answer) => {
      if (isOver) return;
      alive();
      tell(() => listener.head(answer.statusCode ?? 0, headersOf(answer)));
      answer.on('data', (bytes: Buffer) => {
        if (isOver) return;
        alive();
        tell(() => listener.data(bytes));
      });
      answer.on('end', () => over('对方结束了连接'));
      answer.on('error', (error) => over(reason(error)));
    });
    call.on('error', (error) => over(reason(error)));
    call.end();
    return () => over('已停止');
  },
});

function ask(question: HttpQuestion, clock: Clock): Promise<HttpAnswer | HttpFailure> {
  const { method, url, headers, body, timeoutMs, leaveWithinMs, maxBytes = MOST_BYTES, signal } = question;
  return new Promise((resolve) => {
    let left = false;
    let isOver = false;
    const end = (answer: HttpAnswer | HttpFailure): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      tooLate?.();
      signal?.removeEventListener('abort', onAbort);
      resolve(answer);
      if ('failed' in answer) giveUp(call, socket);
      else call?.destroy();
    };
    const fail = (detail: string): void => end({ failed: left ? 'lost' : 'none', detail });
    const onAbort = (): void => fail('已取消');
    const cancel = clock.after(timeoutMs, () => fail('超时'));
    const tooLate =
      leaveWithinMs === undefined ? undefined : clock.after(leaveWithinMs, () => (left ? undefined : fail('连接超时')));
    let call: ClientRequest | undefined;
    let socket: Socket | undefined;
    if (signal?.aborted) {
      fail('已取消');
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      call = request(url, { method, agent: false, headers: { ...length, ...headers } });
    } catch (error) {
      fail(reason(error));
      return;
    }
    // From here on bytes leave.
    call.on('socket', (own) => {
      socket = own;
      left = !own.connecting;
      own.once('connect', () => (left = true));
    });
    call.on('error', (error) => fail(reason(error)));
    call.on('response', (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on('data', (part: Buffer) => {
        size += part.byteLength;
        if (size > maxBytes) fail('应答过长');
        else parts.push(part);
      });
      answer.on('error', (error) => fail(reason(error)));
      answer.on('aborted', () => fail('应答中断'));
      answer.on('end', () =>
        answer.complete
          ? end({ status: answer.statusCode ?? 0, headers: headersOf(answer), body: Buffer.concat(parts) })
          : fail('应答中断'),
      );
    });
    call.end(body);
  });
}
