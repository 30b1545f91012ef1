import type { ServerResponse } from 'node:http';
import type { CameraBody } from '../camera/body.ts';
import type { Answer, Asked, Job } from '../camera/web.ts';
import type { StreamKind } from './streams.ts';

/** What lies behind the addresses of the camera. */
export interface Inside {
  readonly body: CameraBody;
  /** Newer firmware: the strobe is not to be had here. */
  readonly web5: boolean;
  readonly notImplementedStatus: number;
  /** Some firmware reads brackets only where they are escaped, or only where they are not; or so in one of the two places. */
  readonly brackets: 'any' | 'plain' | 'escaped' | 'events-escaped' | 'flags-escaped';
  /** How it answers a spelling that it does not read. */
  readonly misspeltStatus: number;
  open(detail: string): void;
  close(detail: string): void;
  listen(kind: StreamKind, codes: readonly string[], response: ServerResponse, heartbeatSeconds: number): void;
  /** Takes a picture and tells it as an event. */
  manualSnap(): void;
}

const text = (body: string, status = 200): Answer => ({ status, type: 'text/plain;charset=utf-8', body });
const OK = text('OK\r\n');
const bad = (inside: Inside, what: string): Answer => {
  inside.body.complain(what);
  return text('Error\r\nBad Request!\r\n', 400);
};

function strobe(inside: Inside, { query }: Asked, action: string): Answer {
  if (inside.web5) return text('Error\r\nNot Implemented!\r\n', inside.notImplementedStatus);
  if (query.get('channel') !== '1') return bad(inside, `${action}: channel ${query.get('channel')}`);
  if (action === 'closeStrobe') inside.close(action);
  else if (query.get('info.openType') === 'Normal') inside.open(action);
  else return bad(inside, `openStrobe: info.openType ${query.get('info.openType')}`);
  inside.body.note(action, query.get('info.plateNumber') ?? '');
  return OK;
}

function bracketsFit(inside: Inside, { uri }: Asked): boolean {
  const { brackets } = inside;
  if (brackets === 'any') return true;
  const escaped = { flags: /Flags%5B/i.test(uri), events: /(?:Events|codes)=%5B/i.test(uri) };
  return (
    escaped.flags === (brackets === 'escaped' || brackets === 'flags-escaped') &&
    escaped.events === (brackets === 'escaped' || brackets === 'events-escaped')
  );
}

/** An endless answer, or what is wrong with the wish for one. */
function attach(inside: Inside, asked: Asked, kind: StreamKind, response: ServerResponse): Answer | null {
  const { query } = asked;
  const codes = query.get(kind === 'snap' ? 'Events' : 'codes') ?? '';
  const heartbeat = Number(query.get('heartbeat') ?? 5);
  if (!bracketsFit(inside, asked)) return text('Error\r\nBad Request!\r\n', inside.misspeltStatus);
  if (kind === 'snap' && (query.get('channel') !== '1' || query.get('Flags[0]') !== 'Event'))
    return bad(inside, 'attachFileProc: channel or Flags[0]');
  if (!/^\[(?:\w+)(?:,\w+)*\]$/.test(codes)) return bad(inside, `attach: codes ${codes}`);
  if (!Number.isInteger(heartbeat) || heartbeat < 1 || heartbeat > 60)
    return bad(inside, `attach: heartbeat ${query.get('heartbeat')}`);
  inside.body.note('attach', `${kind} ${codes}`);
  inside.listen(kind, codes.slice(1, -1).split(','), response, heartbeat);
  return null;
}

/** What is to be done with a request that was let in. */
export function route(inside: Inside, asked: Asked): Job {
  const action = asked.query.get('action') ?? '';
  const place = `${asked.path.slice('/cgi-bin/'.length)} ${action}`;
  if (asked.method !== 'GET') return { name: 'unknown', work: () => bad(inside, `${asked.method} ${asked.path}`) };
  if (place === 'snapManager.cgi attachFileProc')
    return { name: 'attachFileProc', work: (response) => attach(inside, asked, 'snap', response) };
  if (place === 'eventManager.cgi attach')
    return { name: 'attach', work: (response) => attach(inside, asked, 'events', response) };
  if (place === 'trafficSnap.cgi openStrobe' || place === 'trafficSnap.cgi closeStrobe')
    return { name: action, work: () => strobe(inside, asked, action) };
  if (place === 'trafficSnap.cgi manSnap')
    return {
      name: 'manSnap',
      work: () => {
        inside.manualSnap();
        return OK;
      },
    };
  return { name: 'unknown', work: () => bad(inside, `unknown request ${asked.uri}`) };
}
