import type { AnnouncingDisplay } from '../../../../shared/contract/announcements.ts';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Box } from '../../../office/Page.tsx';
import { Leads, State } from '../../../office/Values.tsx';
import { LedStrip } from './LedPanel.tsx';

const TONE = { done: 'plain', pending: 'plain', unknown: 'call', refused: 'stop' } as const;
const LINK = { online: 'go', offline: 'stop', unknown: 'plain' } as const;

/** What every display shows at this moment, and by whose word. */
export function DisplaysNow({ displays }: { displays: readonly AnnouncingDisplay[] }) {
  const { t } = useWords();
  return (
    <Box title={t('settings.announcing.now.title')}>
      {displays.length === 0 ? (
        <p className="value-none">
          {t('settings.announcing.now.none')} {t('settings.announcing.now.noneText')}{' '}
          <Leads to="settings" place={{ id: 'devices' }}>
            {t('settings.announcing.now.devices')}
          </Leads>
        </p>
      ) : (
        <ul className="ann-now">
          {displays.map((display) => (
            <li key={display.id}>
              <Shown of={display} />
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}

function Shown({ of: { id, lanes, state, speaks, given } }: { of: AnnouncingDisplay }) {
  const { t } = useWords();
  const where = lanes.map(({ name }) => name).join('、');
  return (
    <>
      <span className="ann-where">
        <b>{where === '' ? t('settings.announcing.now.noLane') : where}</b>
        <small>{id}</small>
        <State tone={LINK[state]}>{t(`settings.announcing.now.state.${state}`)}</State>
        {!speaks && <small>{t('settings.announcing.now.mute')}</small>}
      </span>
      {given && given.lines.length > 0 ? (
        <LedStrip lines={given.lines.map(({ text, color = 'red' }) => ({ text, color }))} />
      ) : (
        <span className="value-none">{t('settings.announcing.now.nothing')}</span>
      )}
      {given && (
        <span className="ann-given">
          {given.event ? t(`settings.announcing.event.${given.event}`) : t(`settings.announcing.now.by.${given.by}`)}
          <small>{shanghaiDateTime(Date.parse(given.at)).slice(11)}</small>
          {given.outcome !== 'done' && (
            <State tone={TONE[given.outcome]}>{t(`settings.announcing.now.outcome.${given.outcome}`)}</State>
          )}
        </span>
      )}
    </>
  );
}
