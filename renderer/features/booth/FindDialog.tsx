import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { KeyButton } from '../../components/KeyButton.tsx';
import { Photo } from '../../components/Photo.tsx';
import { Plate } from '../../components/Plate.tsx';
import { PlateField } from '../../components/PlateField.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';
import { BoothDialog, useCarChanged } from './BoothDialog.tsx';
import { pickFound } from './dialog-actions.ts';
import { type CarDialog, closeDialog, type Dialog } from './store.ts';
import { useEntryPhoto, useInside } from './use-inside.ts';

/** Finds the stay of a car whose entry is not known by its plate: a part of the plate, then the photo of who came in. */
export function FindDialog({ dialog }: { dialog: Extract<Dialog, { kind: CarDialog }> }) {
  const { t } = useWords();
  const lane = useLive((state) => state.frame?.lanes.find((each) => each.id === dialog.laneId));
  const [typed, setTyped] = useState('');
  const [uid, setUid] = useState<string | null>(null);
  const changed = useCarChanged(dialog);
  const field = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const found = useInside(typed);
  // A car without a plate most likely is one that came in without one.
  const nameless = lane?.passage?.plate.text === '';
  const stays = [...(found ?? [])].sort(
    (a, b) => Number(nameless && b.plate.text === '') - Number(nameless && a.plate.text === ''),
  );
  const at = stays.findIndex((stay) => stay.uid === uid);
  const chosen = stays[at];
  const entryPhoto = useEntryPhoto(chosen?.uid ?? null);
  const ready = !changed && chosen !== undefined;
  useEffect(() => {
    if (uid !== null) list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [uid]);
  const confirm = (): void => {
    if (ready)
      void pickFound(dialog.laneId, dialog.passageId, chosen.uid, chosen.plate.text || (chosen.identity ?? ''));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      confirm();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = stays[Math.max(0, Math.min(stays.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))];
      if (next) setUid(next.uid);
    }
  };
  const now = stationNow();
  return (
    <BoothDialog
      dialog={dialog}
      title={t('find.title')}
      tone="info"
      onKey={onKey}
      wide
      footer={
        <>
          <span className="dialog-hint">{changed ? '' : t(ready ? 'dialog.confirmHint' : 'find.choose')}</span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton keyHint={t('act.enter')} tone="info" disabled={!ready} onPress={confirm}>
            {t('find.confirm')}
          </KeyButton>
        </>
      }
    >
      <div className="find">
        <div className="find-photos">
          <Photo id={lane?.passage?.photoId ?? null} alt={t('panel.exitPhoto')} caption={t('panel.exitPhoto')} />
          <Photo
            id={entryPhoto}
            alt={t('panel.entryPhoto')}
            caption={t('panel.entryPhoto')}
            at={chosen ? formatMoment(chosen.enteredAt, now) : ''}
          />
        </div>
        <div className="find-list">
          <PlateField
            value={typed}
            onChange={(raw) => setTyped(raw.replace(/[\s·.-]/g, '').toUpperCase())}
            field={field}
          />
          <p className="dialog-hint">{t('find.hint')}</p>
          {found === null ? (
            <p className="dialog-hint">{t('correct.searching')}</p>
          ) : stays.length === 0 ? (
            <p className="dialog-hint">{t('find.none')}</p>
          ) : (
            <ul ref={list} className="pick-list">
              {stays.map((stay) => (
                <li key={stay.uid}>
                  <button
                    type="button"
                    tabIndex={-1}
                    aria-pressed={stay.uid === uid}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => setUid(stay.uid)}
                  >
                    {stay.plate.text === '' && stay.identity !== null ? (
                      <strong>{t('find.unlicensed', { identity: stay.identity })}</strong>
                    ) : (
                      <Plate plate={stay.plate} size={20} />
                    )}
                    <span>{t('correct.enteredAt', { time: formatMoment(stay.enteredAt, now) })}</span>
                    <span>{stay.entryLane.name}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </BoothDialog>
  );
}
