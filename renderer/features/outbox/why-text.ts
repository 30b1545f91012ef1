import type { Why } from '../../../shared/contract/outbox.ts';
import { formatMoment } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { messageName } from '../../lib/message-name.ts';
import { saidText } from './said.ts';

/** One sentence: why a message has not arrived. */
export function whyText(why: Why, t: Translate, now: number): string {
  switch (why.code) {
    case 'platform-off':
      return t('outbox.because.platform-off');
    case 'refused':
      return t('outbox.because.refused', { said: saidText(why.said, t) });
    case 'given-up':
      return t('outbox.because.givenUp', { said: saidText(why.said, t) });
    case 'sending':
      return t('outbox.because.sending', { since: formatMoment(why.since, now) });
    case 'behind': {
      const message = messageName({ message: why.message, kind: 'record' }, t);
      return why.status === 'refused'
        ? t('outbox.because.behindRefused', { message, id: why.id, said: saidText(why.said, t) })
        : t('outbox.because.behindWaiting', { message, id: why.id });
    }
    case 'link-down':
      return t('outbox.because.linkDown', {
        since: why.since === null ? '—' : formatMoment(why.since, now),
        said: saidText(why.said, t),
        next: formatMoment(why.next, now),
      });
    case 'pause':
      return t('outbox.because.pause', { said: saidText(why.said, t), until: formatMoment(why.until, now) });
    case 'photos-last':
      return t('outbox.because.photosLast', { n: manyText(why.records, t) });
    case 'bulk-last':
      return t('outbox.because.bulkLast', { n: manyText(why.records, t) });
    case 'busy':
      return t('outbox.because.busy', { n: why.most });
    case 'next':
      return t('outbox.because.next');
  }
}

const manyText = (records: number, t: Translate): string | number =>
  records >= 1000 ? t('outbox.atLeast', { n: 1000 }) : records;
