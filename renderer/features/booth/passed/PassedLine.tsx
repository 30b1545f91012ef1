import { memo } from 'react';
import { Photo } from '../../../components/Photo.tsx';
import { Plate } from '../../../components/Plate.tsx';
import { formatMoment, formatMoney } from '../../../lib/format.ts';
import { type Translate, useWords } from '../../../lib/i18n/index.ts';
import { useLive } from '../../../lib/station/live.ts';
import { stationNow } from '../../../lib/station/session.ts';
import { methodsOf, type Passed, photoOf } from './passages.ts';

/** Who passed, when, where, and what came of the money: on one line with its picture. */
export const PassedLine = memo(function PassedLine({ passed }: { passed: Passed }) {
  const { t } = useWords();
  const photoId = useLive((state) => photoOf(state.events, passed.passageId));
  const methods = useLive((state) => methodsOf(state.events, passed.passageId).join());
  return (
    <>
      <span className="passed-thumb">
        {photoId !== null && <Photo id={photoId} alt={t('boothMore.passed.photoOf', { plate: passed.plate.text })} />}
      </span>
      <span className="passed-facts">
        <Plate plate={passed.plate} size={18} showClass={false} />
        <span>
          <b data-direction={passed.direction}>{t(`lane.${passed.direction}`)}</b>{' '}
          {formatMoment(passed.at, stationNow())} {passed.laneName}
        </span>
      </span>
      <span
        className="passed-money"
        data-loud={passed.how === 'released' || passed.how === 'debt' || passed.how === 'held-open'}
      >
        {moneyOf(passed, methods, t)}
      </span>
    </>
  );
});

/** `¥5.00 现金`, or why nothing was paid. */
function moneyOf(passed: Passed, methods: string, t: Translate): string {
  if (passed.paidFen === null) return passed.how === 'automatic' ? '' : t(`boothMore.passed.how.${passed.how}`);
  if (passed.how === 'paid' || passed.paidFen > 0) {
    const words = methods.split(',').flatMap((method) => (isMethod(method) ? [t(`event.method.${method}`)] : []));
    return [formatMoney(passed.paidFen), ...words].join(' ');
  }
  return t(`boothMore.passed.how.${passed.how}`);
}

const METHODS = ['cash', 'alipay', 'wechat', 'unionpay', 'etc', 'platform', 'card', 'pos'] as const;
const isMethod = (text: string): text is (typeof METHODS)[number] => METHODS.some((method) => method === text);
