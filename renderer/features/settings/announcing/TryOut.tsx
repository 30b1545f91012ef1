import { Button, Checkbox, Select } from 'antd';
import { useId, useState } from 'react';
import type { AnnouncingDisplay } from '../../../../shared/contract/announcements.ts';
import type { AnnouncementText } from '../../../../shared/domain/announcement-text.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';

/** Puts a text onto a real display, as it is written now and with the sample car. */
export function TryOut({
  text,
  displays,
  ready,
}: {
  text: AnnouncementText;
  displays: readonly AnnouncingDisplay[];
  ready: boolean;
}) {
  const { t } = useWords();
  const id = useId();
  const act = useAct();
  const mayTry = useSession(({ user }) => may(user, 'device.test'));
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [aloud, setAloud] = useState(true);
  const [ended, setEnded] = useState<{ outcome: 'done' | 'refused' | 'unknown'; detail: string } | null>(null);
  const display = displays.find((each) => each.id === chosen) ?? displays[0];
  if (!display) return <p className="set-note">{t('settings.announcing.dialog.tryNone')}</p>;
  const show = async (): Promise<void> => {
    setEnded(null);
    const speak = aloud && display.speaks;
    const answer = await act.run((client) => client.announcements.try({ text, displayId: display.id, speak }));
    setEnded(answer ?? null);
  };
  return (
    <div className="ann-try">
      <label htmlFor={id}>{t('settings.announcing.dialog.tryOn')}</label>
      <div className="ann-try-row">
        <Select
          id={id}
          value={display.id}
          options={displays.map((each) => ({ value: each.id, label: nameOf(each) }))}
          onChange={setChosen}
        />
        <Checkbox
          checked={aloud && display.speaks}
          disabled={!display.speaks || text.speech === ''}
          onChange={(event) => setAloud(event.target.checked)}
        >
          {t('settings.announcing.dialog.tryAloud')}
        </Checkbox>
        <Button disabled={!mayTry || !ready} loading={act.busy} onClick={() => void show()}>
          {t('settings.announcing.dialog.tryVerb')}
        </Button>
      </div>
      <p role="status" className="ann-tried" data-tone={ended?.outcome}>
        {ended && t(`settings.announcing.dialog.tried.${ended.outcome}`, { detail: ended.detail })}
      </p>
      <Problem text={act.problem} />
    </div>
  );
}

const nameOf = ({ id, lanes }: AnnouncingDisplay): string =>
  lanes.length === 0 ? id : `${lanes.map(({ name }) => name).join('、')}（${id}）`;
