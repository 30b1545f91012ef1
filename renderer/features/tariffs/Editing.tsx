import { Button, Tabs } from 'antd';
import { useMemo, useState } from 'react';
import type { TariffDraftView } from '../../../shared/contract/tariff-views.ts';
import type { Calendar } from '../../../shared/domain/calendar.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { Page } from '../../office/Page.tsx';
import { Problem } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { State } from '../../office/Values.tsx';
import { ConflictBox } from './ConflictBox.tsx';
import { EditorContext } from './editor-context.ts';
import { FormTab } from './FormTab.tsx';
import { notesByPath, notesOf } from './findings.ts';
import type { Path } from './form.ts';
import { jumpTo } from './jump.ts';
import { PublishDialog } from './PublishDialog.tsx';
import { RawTab } from './RawTab.tsx';
import { SidePanel } from './SidePanel.tsx';
import { firstStay } from './trial-stay.ts';
import { useDraft } from './use-draft.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { useSettled } from './use-settled.ts';

const PAUSE_MS = 300;

/** The editor of a draft, with everything that tries it out beside it. */
export function Editing(props: {
  latest: TariffDraftView;
  seasons: Calendar['seasons'];
  areas: readonly { readonly areaId: string; readonly name: string }[];
  onAskAgain: () => void;
}) {
  const { t } = useWords();
  const draft = useDraft(props.latest);
  const { history, form, reading, dirty, act } = draft;
  const [stay, setStay] = useState(() => firstStay(stationNow()));
  const [tab, setTab] = useState<'form' | 'raw'>('form');
  const [rule, setRule] = useState(0);
  const [side, setSide] = useState(true);
  const [publishing, setPublishing] = useState(false);
  const settled = useSettled(reading, PAUSE_MS);
  const check = useAsk(
    (client) =>
      settled.tariff === null
        ? null
        : client.tariffs.preview.check({ tariff: settled.document, open: [...settled.open] }),
    [settled],
  );
  const trial = useAsk(
    (client) => (settled.tariff === null ? null : client.tariffs.preview.trial({ tariff: settled.document, ...stay })),
    [settled, stay],
  );
  const notes = useMemo(() => notesOf(reading, check.data, t), [reading, check.data, t]);
  const view = useMemo(() => {
    const alternatives = trial.data?.alternatives ?? [];
    return {
      notes: notesByPath(notes),
      seasons: props.seasons,
      areas: props.areas,
      priceOf: (choice: string, value: string): number | null =>
        alternatives.find((one) => one.choice === choice && one.value === value)?.feeFen ?? null,
    };
  }, [notes, trial.data, props.seasons, props.areas]);
  const jump = (path: Path): void => {
    setTab('form');
    if (path[0] === 'rules' && typeof path[1] === 'number') setRule(path[1]);
    // After the rule was drawn.
    setTimeout(() => jumpTo(path), 0);
  };
  useEditorKeys({
    save: () => void (dirty && reading.tariff !== null && draft.save()),
    undo: history.undo,
    redo: history.redo,
  });
  const undecided = reading.open.length;
  return (
    <div className="tf">
      <Page
        fill
        title={form.name === '' ? t('tariffs.unnamed') : form.name}
        note={
          <span className="tf-inline">
            <State tone="info">{t('tariffs.draftOf', { n: draft.revision })}</State>
            {undecided > 0 && <State tone="call">{t('tariffs.undecidedN', { n: undecided })}</State>}
            {dirty && <State tone="call">{t('kit.unsaved')}</State>}
          </span>
        }
        actions={
          <>
            <Button onClick={() => go('tariffs')}>{t('tariffs.toList')}</Button>
            <Button disabled={!history.canUndo} onClick={history.undo} title="Ctrl+Z">
              {t('tariffs.undo')}
            </Button>
            <Button disabled={!history.canRedo} onClick={history.redo} title="Ctrl+Y">
              {t('tariffs.redo')}
            </Button>
            <Button
              disabled={!dirty || reading.tariff === null}
              loading={act.busy}
              onClick={() => void draft.save()}
              title="Ctrl+S"
            >
              {t('tariffs.save')}
            </Button>
            <Button type="primary" onClick={() => setPublishing(true)}>
              {t('tariffs.publish')}
            </Button>
            <Button aria-expanded={side} onClick={() => setSide(!side)}>
              {t(side ? 'tariffs.hideSide' : 'tariffs.showSide')}
            </Button>
          </>
        }
      >
        {draft.other ? (
          <ConflictBox
            mine={reading.document}
            theirs={draft.other}
            onOver={() => void draft.save(draft.other?.revision)}
            onTake={draft.takeOther}
          />
        ) : (
          <Problem text={act.problem} />
        )}
        <EditorContext value={view}>
          <div className="tf-split" data-side={side}>
            <section className="tf-form" aria-label={t('tariffs.editor')}>
              <Tabs
                size="small"
                activeKey={tab}
                onChange={(key) => setTab(key === 'raw' ? 'raw' : 'form')}
                items={[
                  { key: 'form', label: t('tariffs.tab.form') },
                  { key: 'raw', label: t('tariffs.tab.raw') },
                ]}
              />
              {tab === 'form' ? (
                <FormTab form={form} onChange={history.change} rule={rule} onRule={setRule} />
              ) : (
                <RawTab reading={reading} onChange={history.change} />
              )}
            </section>
            {side && (
              <SidePanel
                draft={draft.saved}
                dirty={dirty}
                reading={reading}
                settled={settled}
                check={check}
                trial={trial}
                notes={notes}
                stay={stay}
                onStay={setStay}
                onJump={jump}
              />
            )}
          </div>
        </EditorContext>
      </Page>
      {publishing && (
        <PublishDialog
          draft={draft.saved}
          reading={reading}
          notes={notes}
          dirty={dirty}
          onSave={() => draft.save()}
          onJump={(path) => {
            setPublishing(false);
            jump(path);
          }}
          onClose={() => setPublishing(false)}
        />
      )}
    </div>
  );
}
