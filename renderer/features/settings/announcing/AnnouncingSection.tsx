import { Button, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import type { AnnouncementRules } from '../../../../shared/domain/announcement.ts';
import type { AnnouncementText } from '../../../../shared/domain/announcement-text.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { useQuery } from '../../../lib/route.ts';
import { useLive } from '../../../lib/station/live.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { Box } from '../../../office/Page.tsx';
import { Answer, Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';
import { useAsk } from '../../../office/use-ask.ts';
import { State } from '../../../office/Values.tsx';
import { DisplaysNow } from './DisplaysNow.tsx';
import { SignBox, TimesBox, VoiceBox } from './Numbers.tsx';
import { type Columns, TextDialog } from './TextDialog.tsx';
import { TextTable } from './TextTable.tsx';
import { faultsOf, sampleAt } from './texts.ts';
import './announcing.css';

const PARTS = ['texts', 'numbers'] as const;
type Part = (typeof PARTS)[number];

/** What displays show changes with every car. */
const LOOK_EVERY_MS = 3_000;

/** 屏显与语音: what drivers see and hear at the lanes. Rules of the car park, saved by themselves. */
export function AnnouncingSection() {
  const rules = useAsk((client) => client.lanes.rules(), []);
  return (
    <Answer of={rules} rows={8}>
      {({ announcements }) => <Announcing stored={announcements} again={rules.again} />}
    </Answer>
  );
}

function Announcing({ stored, again }: { stored: AnnouncementRules; again: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const mayChange = useSession(({ user }) => may(user, 'settings.rules'));
  const siteName = useLive(({ frame }) => frame?.siteName);
  const isKerb = useLive(({ frame }) => frame?.siteKind === 'kerbside' && frame.lanes.length === 0);
  const now = useAsk((client) => client.announcements.now(), []);
  const [query, setQuery] = useQuery();
  const [changed, setChanged] = useState<Partial<AnnouncementRules>>({});
  const [editing, setEditing] = useState<AnnouncementText | 'new' | null>(null);
  const [columns, setColumns] = useState<Columns>(16);
  const lookAgain = now.again;
  useEffect(() => {
    const timer = setInterval(() => document.hidden || lookAgain(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [lookAgain]);
  const rules = { ...stored, ...changed };
  const faults = faultsOf(rules);
  const values = sampleAt(siteName);
  const displays = now.data?.displays ?? [];
  const save = async (next: AnnouncementRules, done: string): Promise<boolean> => {
    const saved = await act.run((client) => client.lanes.changeRules({ announcements: next }), { done });
    if (saved) again();
    return saved !== undefined;
  };
  const change = (part: Partial<AnnouncementRules>): void =>
    setChanged((old) => differing({ ...old, ...part }, stored));
  const numbers = { rules, faults, onChange: change };
  const showsNumbers = isKerb || query['part'] === 'numbers';
  return (
    <>
      {!isKerb && (
        <>
          <p className="set-note">{t('settings.announcing.note')}</p>
          <Segmented<Part>
            className="ann-parts"
            aria-label={t('settings.announcing.parts.label')}
            value={showsNumbers ? 'numbers' : 'texts'}
            options={PARTS.map((value) => ({ value, label: t(`settings.announcing.parts.${value}`) }))}
            onChange={(part) => setQuery({ part: part === 'texts' ? undefined : part })}
          />
          <Problem text={null} {...(now.failed && { error: now.failed.error, onAgain: now.again })} />
        </>
      )}
      {!showsNumbers && now.data && <DisplaysNow displays={displays} />}
      {!showsNumbers && (
        <Box
          title={t('settings.announcing.texts')}
          extra={
            <span className="ann-extra">
              {stored.texts.length > 0 && (
                <State tone="info">{t('settings.announcing.count', { n: stored.texts.length })}</State>
              )}
              <Button disabled={!mayChange} onClick={() => setEditing('new')}>
                {t('settings.announcing.add')}
              </Button>
            </span>
          }
        >
          <p className="set-note">{t('settings.announcing.textsNote')}</p>
          <TextTable texts={stored.texts} values={values} mayChange={mayChange} onEdit={setEditing} />
        </Box>
      )}
      {showsNumbers && (
        <div className="ann-boxes">
          {!isKerb && <VoiceBox {...numbers} now={now.data?.volume ?? null} />}
          {!isKerb && <TimesBox {...numbers} />}
          <SignBox {...numbers} />
        </div>
      )}
      {editing === null && <Problem text={act.problem} />}
      {Object.keys(changed).length > 0 && (
        <div className="set-bar" data-tone="call" role="status">
          <strong>{t('settings.announcing.bar.unsaved')}</strong>
          <span className="set-bar-acts">
            <Button onClick={() => setChanged({})}>{t('settings.announcing.bar.discard')}</Button>
            <Button
              type="primary"
              loading={act.busy}
              disabled={!mayChange || faults.size > 0}
              onClick={() =>
                void save(rules, t('settings.announcing.bar.saved')).then((saved) => saved && setChanged({}))
              }
            >
              {t('settings.announcing.bar.save')}
            </Button>
          </span>
        </div>
      )}
      {editing !== null && (
        <TextDialog
          key={editing === 'new' ? 'new' : `${editing.event} ${editing.vehicle}`}
          text={editing === 'new' ? null : editing}
          {...{ texts: stored.texts, values, displays, columns, act, onColumns: setColumns }}
          onSave={(texts) =>
            void save({ ...stored, texts }, t('settings.announcing.dialog.saved')).then(
              (saved) => saved && setEditing(null),
            )
          }
          onClose={() => {
            act.clear();
            setEditing(null);
          }}
        />
      )}
    </>
  );
}

function differing(changed: Partial<AnnouncementRules>, stored: AnnouncementRules): Partial<AnnouncementRules> {
  const before = new Map<string, unknown>(Object.entries(stored));
  return Object.fromEntries(
    Object.entries(changed).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name))),
  );
}
