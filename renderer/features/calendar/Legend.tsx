import { useWords } from '../../lib/i18n/index.ts';

/** What the colours and marks of the year say. */
export function Legend() {
  const { t } = useWords();
  return (
    <ul className="cal-legend">
      <li>
        <span data-type="workday">1</span>
        {t('calendar.type.workday')}
      </li>
      <li>
        <span data-type="weekend">1</span>
        {t('calendar.type.weekend')}
      </li>
      <li>
        <span data-type="short-holiday">
          1<i>{t('calendar.mark.short')}</i>
        </span>
        {t('calendar.type.short-holiday')}
      </li>
      <li>
        <span data-type="long-holiday">
          1<i>{t('calendar.mark.long')}</i>
        </span>
        {t('calendar.type.long-holiday')}
      </li>
      <li>
        <span data-type="workday" data-reason="makeup">
          1<i>{t('calendar.mark.makeup')}</i>
        </span>
        {t('calendar.reason.makeup')}
      </li>
      <li>
        <span data-type="workday" data-season="true">
          1
        </span>
        {t('calendar.inSeason')}
      </li>
    </ul>
  );
}
