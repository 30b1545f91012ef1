import { type MessageStatus, messageStatusSchema } from '../../../shared/contract/outbox.ts';
import { type PlatformId, platformIdSchema } from '../../../shared/domain/site.ts';
import type { DateSpan } from '../../office/dates.ts';
import { spanMoments } from '../../office/dates.ts';

/** What the list is narrowed by, as the address says it. */
export interface OutboxFilter {
  readonly platform: PlatformId | undefined;
  readonly status: MessageStatus | undefined;
  readonly message: string | undefined;
  readonly plate: string | undefined;
  readonly key: string | undefined;
  readonly error: string | undefined;
  readonly span: DateSpan | null;
  /** Delivered, discarded or given up since this day began. */
  readonly ended: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const filled = (text: string | undefined): string | undefined => (text?.trim() ? text.trim() : undefined);

export function readFilter(query: Readonly<Record<string, string>>): OutboxFilter {
  const { from = '', to = '', ended = '' } = query;
  return {
    platform: platformIdSchema.safeParse(query['platform']).data,
    status: messageStatusSchema.safeParse(query['status']).data,
    message: filled(query['message']),
    plate: filled(query['plate']),
    key: filled(query['key']),
    error: filled(query['error']),
    ended: DAY.test(ended) ? ended : undefined,
    span: DAY.test(from) && DAY.test(to) && from <= to ? { from, to } : null,
  };
}

/** The same as the contract takes it, the status aside. */
export function criteriaOf({ platform, message, plate, key, error, span, ended }: OutboxFilter, dayStart: string) {
  // The figures of a day begin at midnight, whenever the business day does.
  const endedFrom = ended && spanMoments({ from: ended, to: ended }, '00:00')?.from;
  const moments = span && spanMoments(span, dayStart);
  return {
    ...(platform && { platform }),
    ...(message && { message }),
    ...(plate && { plate }),
    ...(key && { key }),
    ...(error && { error }),
    ...moments,
    ...(endedFrom && { endedFrom }),
  };
}
