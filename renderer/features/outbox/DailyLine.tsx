import type { DayState } from '../../../shared/contract/reconciliations.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { addDays } from '../../office/dates.ts';
import { State, type Tone } from '../../office/Values.tsx';
import { saidText } from './said.ts';

const tones: Record<DayState['state'], Tone> = {
  agrees: 'go',
  differs: 'stop',
  extra: 'call',
  unfinished: 'call',
  due: 'plain',
};

/** `昨日对账：一致`, with the run that tells more; and the days before that still differ. */
export function DailyLine({ daily }: { daily: DayState }) {
  const { t } = useWords();
  const { day, state, differences, runId, open } = daily;
  const yesterday = addDays(shanghaiDate(stationNow()), -1);
  const acknowledged = (state === 'differs' || state === 'extra') && !open.some((each) => each.day === day);
  const others = open.filter((each) => each.day !== day);
  const [oldest] = others;
  const reason = state === 'unfinished' ? saidText(daily.reason, t) : '';
  const said = t(acknowledged ? 'outbox.daily.acknowledged' : `outbox.daily.${state}`, { n: differences, reason });
  const tag = <State tone={acknowledged ? 'plain' : tones[state]}>{said}</State>;
  return (
    <p className="link-daily">
      <span>{day === yesterday ? t('outbox.daily.yesterday') : t('outbox.daily.day', { day: day.slice(5) })}</span>
      {runId === null ? (
        tag
      ) : (
        <a className="link-daily-run" href={href('outbox', { id: `runs/${runId}` })}>
          {tag}
        </a>
      )}
      {oldest && (
        <a className="leads" href={href('outbox', { id: `runs/${oldest.runId}` })}>
          {t('outbox.daily.open', { n: others.length })}
        </a>
      )}
    </p>
  );
}
