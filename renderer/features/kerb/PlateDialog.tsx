import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import type { PlateColor } from '../../../shared/domain/plate.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { type VehicleClass, vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { ColorChoice } from '../../components/ColorChoice.tsx';
import { DialogFrame } from '../../components/DialogFrame.tsx';
import { KeyButton } from '../../components/KeyButton.tsx';
import { TypedPlate } from '../../components/TypedPlate.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { cleanTyped, commonProvince, likelyColor, splitPlate } from '../../lib/plates.ts';
import { usePrefs } from '../../lib/prefs.ts';
import { stationNow } from '../../lib/station/session.ts';
import { arrive, identify } from './acts.ts';
import { StayPhoto } from './StayPhoto.tsx';
import { closeKerbDialog, type KerbDialog, useKerb } from './store.ts';
import { momentAgo, WhenChoice } from './WhenChoice.tsx';
import { plateOf } from './words.ts';

/** The fewest characters after the province that make a plate. */
const COMPLETE = 5;

/** 录入车牌, 更正车牌, 有车停入: the plate without an input method; where a car came it may stay unknown for now. */
export function PlateDialog(props: {
  dialog: KerbDialog & { readonly kind: 'identify' | 'correct' | 'arrive' };
  berth: BerthView;
  /** What most plates here begin with. */
  around: readonly BerthView[];
}) {
  const { t } = useWords();
  const { dialog, berth } = props;
  const { kind } = dialog;
  const busy = useKerb((state) => state.busy);
  const saved = usePrefs((prefs) => prefs.province);
  const before = plateOf(berth);
  const [typed, setTyped] = useState(() =>
    splitPlate(
      before?.text ?? '',
      saved || commonProvince(props.around.flatMap((each) => plateOf(each) ?? [])) || '京',
    ),
  );
  const [color, setColor] = useState<PlateColor | null>(before?.color ?? null);
  const [vehicleClass, setVehicleClass] = useState<VehicleClass>(berth.car?.vehicleClass ?? 'small');
  const [minutes, setMinutes] = useState(0);
  const [picking, setPicking] = useState(false);
  const number = useRef<HTMLDivElement>(null);
  // After the province typing goes on where it stopped.
  useEffect(() => {
    if (!picking) number.current?.focus();
  }, [picking]);
  const changed = (berth.car?.uid ?? null) !== dialog.uid;
  const plate = typed.province + typed.number;
  const complete = typed.number.length >= COMPLETE;
  const nameless = kind === 'arrive' && typed.number === '';
  const same = kind === 'correct' && plate === before?.text && color === before.color;
  const ready = !changed && !same && (complete || nameless);
  const shownColor = color ?? likelyColor(typed.number, 'unknown');
  const since = berth.since === null ? null : Math.floor((stationNow() - fromRfc3339(berth.since)) / 60_000);

  const confirm = (): void => {
    if (!ready || busy) return;
    const car = { plate, plateColor: shownColor, vehicleClass };
    const told =
      kind === 'arrive'
        ? arrive(berth.id, momentAgo(minutes), nameless ? { vehicleClass } : car)
        : identify(kind, berth.id, dialog.uid ?? '', car);
    void told.then(closeKerbDialog);
  };
  const edit = (raw: string): void => {
    const next = cleanTyped(raw, typed.province);
    setTyped(next);
    if (next.number.length !== typed.number.length) setColor(null);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (picking || event.target instanceof HTMLButtonElement) return;
    if (event.key === 'Enter') confirm();
    else if (event.key === ' ') setPicking(true);
    else return;
    event.preventDefault();
  };
  return (
    <DialogFrame
      title={t(`kerb.plateDialog.${kind}`, { code: berth.code })}
      text={t(`kerb.plateDialog.${kind}Text`, { plate: before?.text ?? '' })}
      tone="info"
      wide={kind !== 'arrive'}
      onEscape={closeKerbDialog}
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint">{ready || same || changed ? '' : t('kerb.plateDialog.tooShort')}</span>
          <KeyButton keyHint="Esc" onPress={closeKerbDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton keyHint={t('act.enter')} tone="info" disabled={!ready} busy={busy} onPress={confirm}>
            {kind === 'arrive' && !nameless
              ? t('kerb.plateDialog.confirm.arriveAs', { plate })
              : t(`kerb.plateDialog.confirm.${kind}`, { plate })}
          </KeyButton>
        </>
      }
    >
      {changed ? (
        <p className="dialog-changed" role="alert">
          {t('kerb.plateDialog.gone')}
        </p>
      ) : (
        <div className="kerb-plate" data-photo={kind !== 'arrive'}>
          {kind !== 'arrive' && <StayPhoto uid={dialog.uid ?? ''} />}
          <div className="kerb-plate-fields">
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
              <ClassChoice value={vehicleClass} onChange={setVehicleClass} />
              {kind === 'arrive' && (
                <WhenChoice label={t('kerb.plateDialog.when')} value={minutes} most={since} onChange={setMinutes} />
              )}
            </TypedPlate>
          </div>
        </div>
      )}
    </DialogFrame>
  );
}

function ClassChoice({ value, onChange }: { value: VehicleClass; onChange: (value: VehicleClass) => void }) {
  const { t } = useWords();
  return (
    <fieldset className="when">
      <legend>{t('kerb.plateDialog.class')}</legend>
      {vehicleClassSchema.options.map((each) => (
        <label key={each} data-checked={each === value}>
          <input
            type="radio"
            name="vehicle-class"
            className="visually-hidden"
            checked={each === value}
            onChange={() => onChange(each)}
          />
          {t(`vehicle.${each}`)}
        </label>
      ))}
    </fieldset>
  );
}
