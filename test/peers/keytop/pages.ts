import type { IncomingHttpHeaders } from 'node:http';
import { type Finding, finding, some } from './finding.ts';

/** The two addresses that stand in codes on paper: 上行5.1 and 5.2. */
export const PAGES = ['EntryTicketPage', 'ChangeTicketPage'] as const;
export type PageName = (typeof PAGES)[number];

export const isPage = (name: string): name is PageName => PAGES.some((page) => page === name);

/** Somebody's phone that opened a page. */
export interface Visit {
  readonly at: number;
  readonly page: PageName;
  readonly orderNo: string;
  readonly findings: readonly Finding[];
}

const PARAMETERS: Readonly<Record<PageName, readonly string[]>> = {
  EntryTicketPage: ['parkCode'],
  ChangeTicketPage: ['parkCode', 'orderNo'],
};

/** What the car park printed, as a phone opens it: plain parameters, no headers, nothing sealed. */
export function visitFaults(
  page: PageName,
  { method, query, headers }: { method: string; query: string; headers: IncomingHttpHeaders },
  parkCode: string,
): Finding[] {
  const given = new URLSearchParams(query);
  const wanted = PARAMETERS[page];
  return some(
    method !== 'GET' && finding('method', `${method} instead of GET`),
    (headers['user'] !== undefined || headers['pwd'] !== undefined) &&
      finding('secret', `${page} was opened with user and pwd`),
    given.get('parkCode') !== parkCode && finding('park-code', `parkCode is ${given.get('parkCode')}`, 'parkCode'),
    ...wanted
      .filter((name) => given.getAll(name).length !== 1 || given.get(name) === '')
      .map((name) => finding('presence', `${name} is not there once`, name)),
    ...[...new Set(given.keys())]
      .filter((name) => !wanted.includes(name))
      .map((name) => finding('unknown-field', `${name} is no parameter of ${page}`, name)),
  );
}
