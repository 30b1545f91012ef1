import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { PlateColor } from '../../../shared/domain/plate.ts';
import { ColorChoice } from '../../components/ColorChoice.tsx';
import { KeyButton } from '../../components/KeyButton.tsx';
import { Photo } from '../../components/Photo.tsx';
import { TypedPlate } from '../../components/TypedPlate.tsx';
import { cleanTyped, commonProvince, likelyColor, splitPlate } from '../../lib/plates.ts';
import { usePrefs } from '../../lib/prefs.ts';
import { useLive } from '../../lib/station/live.ts';
import { BoothDialog, useCarChanged } from './BoothDialog.tsx';
import { CandidateList } from './CandidateList.tsx';
import { correctPlate } from './dialog-actions.ts';
import { enteringCars } from './entering.ts';
import { useBoothWords } from './keymap/key-names.ts';
import { recentPlates } from './recent-plates.ts';
import { type CarDialog, closeDialog, type Dialog, openDialog } from './store.ts';
import { useCandidates } from './use-candidates.ts';
import { useEntryPhoto } from './use-inside.ts';

/** The fewest characters after the province that make a plate. */
const COMPLETE = 5;

/** Typing or correcting a plate without an input method: province by picker, the rest by letters and digits. */
export function CorrectDialog({ dialog }: { dialog: Extract<Dialog, { kind: CarDialog }> }) {
  const { t } = useBoothWords();
  const { laneId, passageId } = dialog;
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const lane = lanes.find((each) => each.id === laneId);
  const before = lane?.passage?.plate;
  const saved = usePrefs((prefs) => prefs.province);
  const [typed, setTyped] = useState(() =>
    splitPlate(before?.text ?? '', saved || commonProvince(recentPlates(useLive.getState().events)) || '京'),
  );
  const [color, setColor] = useState<PlateColor | null>(null);
  const [picking, setPicking] = useState(false);
  /** The stay that somebody pointed at, or none on purpose; null: nobody has pointed yet. Never a row: rows move under a hand. */
  const [pointed, setPointed] = useState<{ readonly uid: string | null } | null>(null);
  const changed = useCarChanged(dialog);
  const number = useRef<HTMLDivElement>(null);
  // After the province typing goes on where it stopped.
  useEffect(() => {
    if (!picking) number.current?.focus();
  }, [picking]);
  const full = typed.province + typed.number;
  const near = useCandidates(full, typed.number, lane?.direction === 'out');
  // Of half a plate only one car can be meant where only one inside has it: Enter alone confirms what is marked and shown.
  const fitting = near.stays.filter(({ plate }) => typed.number.length < COMPLETE && plate.text.includes(typed.number));
  const [only] = fitting;
  const chosen = pointed ? pointed.uid : only && fitting.length === 1 && !near.busy ? only.uid : null;
  const marked = near.stays.findIndex(({ uid }) => uid === chosen);
  const candidate = near.stays[marked];
  const entryPhoto = useEntryPhoto(candidate?.uid ?? null);
  const shownColor = color ?? likelyColor(typed.number, before?.color ?? 'unknown');
  const complete = typed.number.length >= COMPLETE;
  const ready = !changed && (candidate !== undefined || complete);

  const confirm = (): void => {
    if (!ready) return;
    if (candidate) void correctPlate(laneId, passageId, candidate.plate.text, candidate.plate.color);
    else void correctPlate(laneId, passageId, full, shownColor);
  };
  const edit = (raw: string): void => {
    setTyped(cleanTyped(raw, typed.province));
    setPointed(null);
  };
  const others = dialog.elsewhere ? enteringCars(lanes) : [];
  const goTo = (step: 1 | -1): void => {
    const at = others.findIndex((each) => each.lane.id === laneId);
    const next = others[(at + step + others.length) % others.length];
    if (next && next.lane.id !== laneId)
      openDialog({ kind: 'correct', laneId: next.lane.id, passageId: next.passage.id, elsewhere: true });
  };
  // Only a car that waits can be told apart by an id; one that was let in is put right by its plate.
  const nameless = !changed && lane?.phase === 'attention' && before?.text === '';
  const identify = (): void => {
    if (nameless) openDialog({ kind: 'identify', laneId, passageId });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (picking) return;
    const onButton = event.target instanceof HTMLButtonElement;
    if (event.key === 'Enter' && !onButton) {
      event.preventDefault();
      confirm();
    } else if (event.key === '/' && nameless) {
      event.preventDefault();
      identify();
    } else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && others.length > 1) {
      event.preventDefault();
      goTo(event.key === 'ArrowRight' ? 1 : -1);
    } else if (event.key === ' ' && !onButton) {
      event.preventDefault();
      setPicking(true);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      // The list that is looked at belongs to what was typed before.
      if (near.busy) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setPointed({ uid: near.stays[Math.min(near.stays.length - 1, marked + step)]?.uid ?? null });
    }
  };

  return (
    <BoothDialog
      dialog={dialog}
      title={
        dialog.elsewhere
          ? t('boothMore.entering.title', { lane: lane?.name ?? '' })
          : t(before?.text ? 'correct.title' : 'correct.titleUnread')
      }
      {...(dialog.elsewhere
        ? { text: t(others.length > 1 ? 'boothMore.entering.textMany' : 'boothMore.entering.text') }
        : {})}
      tone="info"
      onKey={onKey}
      wide
      footer={
        <>
          <span className="dialog-hint">{ready || changed ? '' : t('correct.tooShort')}</span>
          {nameless && (
            <KeyButton keyHint="/" onPress={identify}>
              {t('boothMore.entering.identify')}
            </KeyButton>
          )}
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton keyHint={t('act.enter')} tone="info" disabled={!ready} onPress={confirm}>
            {t('correct.confirm')}
          </KeyButton>
        </>
      }
    >
      <div className="correct">
        <div className="correct-photos">
          <Photo id={lane?.passage?.photoId ?? null} alt={t('panel.lanePhoto')} caption={t('panel.lanePhoto')} />
          {candidate && (
            <Photo
              id={entryPhoto}
              alt={t('panel.entryPhoto')}
              caption={`${t('panel.picked')} ${candidate.plate.text}`}
            />
          )}
        </div>
        <div className="correct-fields">
          <TypedPlate
            typed={typed}
            onType={setTyped}
            onEdit={edit}
            field={number}
            isPicking={picking}
            onPicking={setPicking}
          >
            <p className="dialog-hint">{t('correct.hint')}</p>
            <ColorChoice value={shownColor} onChange={setColor} />
            {lane?.direction === 'out' && (
              <CandidateList near={near} marked={candidate?.uid ?? null} onMark={(uid) => setPointed({ uid })} />
            )}
          </TypedPlate>
        </div>
      </div>
    </BoothDialog>
  );
}
