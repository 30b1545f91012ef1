import { type KeyboardEvent, useState } from 'react';
import { KeyButton } from '../../../components/KeyButton.tsx';
import { setPrefs, usePrefs } from '../../../lib/prefs.ts';
import { BoothDialog } from '../BoothDialog.tsx';
import { closeDialog, type Dialog } from '../store.ts';
import { type BindFault, bind, chooseLayout } from './bindings.ts';
import { keyLabel, useBoothWords } from './key-names.ts';
import { keyOfEvent } from './key-of-event.ts';
import { actGroups, type BoothAct, type LayoutName, layouts } from './layouts.ts';
import './keys.css';

const groups = ['money', 'car', 'gates', 'screen'] as const;
const presets: readonly LayoutName[] = ['booth', 'classic'];

/** 按键一览: what every key does, and the place to give an act another key: press the act, then the key. */
export function KeysDialog({ dialog }: { dialog: Extract<Dialog, { kind: 'passed' | 'keys' }> }) {
  const { t, keys } = useBoothWords();
  const preset = usePrefs((prefs) => prefs.keyPreset);
  const own = usePrefs((prefs) => Object.keys(prefs.keys).length > 0);
  const [binding, setBinding] = useState<BoothAct | null>(null);
  const [fault, setFault] = useState<(BindFault & { readonly key: string }) | null>(null);
  const name = (act: BoothAct): string => t(`boothMore.act.${act}`);
  const onKey = (event: KeyboardEvent): void => {
    if (binding === null) return;
    const key = keyOfEvent(event.nativeEvent);
    if (['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'NumLock', 'Process'].includes(key)) return;
    event.preventDefault();
    event.stopPropagation();
    const refused = bind(binding, key);
    setFault(refused && { ...refused, key: keyLabel(key) });
    if (!refused) setBinding(null);
  };
  const said =
    fault?.kind === 'taken'
      ? t('boothMore.keys.taken', { key: fault.key, act: name(fault.by) })
      : fault
        ? t('boothMore.keys.fixed', { key: fault.key })
        : t(binding ? 'boothMore.keys.press' : 'boothMore.keys.hint', { act: binding ? name(binding) : '' });
  return (
    <BoothDialog
      dialog={dialog}
      title={t('boothMore.keys.title')}
      tone="info"
      wide
      onKey={onKey}
      onEscape={binding === null ? undefined : () => setBinding(null)}
      footer={
        <>
          <span className="dialog-hint" role="status" data-problem={fault !== null}>
            {said}
          </span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
        </>
      }
    >
      <fieldset className="keys-presets">
        <legend>{t('boothMore.keys.preset')}</legend>
        {presets.map((each) => (
          <KeyButton
            key={each}
            tone={preset === each ? 'info' : 'plain'}
            pressed={preset === each}
            onPress={() => {
              chooseLayout(each);
              setFault(null);
            }}
          >
            {t(`boothMore.keys.presets.${each}`)}
          </KeyButton>
        ))}
        {own && <span className="dialog-hint">{t('boothMore.keys.changed')}</span>}
        <NightHours />
      </fieldset>
      <div className="keys-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{t(`boothMore.keys.group.${group}`)}</h3>
            <ul>
              {actGroups[group].map((act) => (
                <li key={act}>
                  <button
                    type="button"
                    aria-pressed={binding === act}
                    data-changed={keys[act] !== layouts[preset][act]}
                    onClick={() => {
                      setBinding(binding === act ? null : act);
                      setFault(null);
                    }}
                  >
                    <span>{name(act)}</span>
                    <kbd>{binding === act ? '…' : keyLabel(keys[act])}</kbd>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="keys-fixed">{t('boothMore.keys.always')}</p>
    </BoothDialog>
  );
}

const HOURS = Array.from({ length: 48 }, (_, half) => {
  const hour = String(Math.floor(half / 2)).padStart(2, '0');
  return `${hour}:${half % 2 === 0 ? '00' : '30'}`;
});

/** Between which hours the screen is dimmed, where that goes by the clock. */
function NightHours() {
  const { t } = useBoothWords();
  const { theme, nightFrom, nightTo } = usePrefs();
  const field = (label: string, value: string, change: (to: string) => void) => (
    <select aria-label={label} value={value} onChange={(event) => change(event.target.value)}>
      {(HOURS.includes(value) ? HOURS : [value, ...HOURS]).map((hour) => (
        <option key={hour}>{hour}</option>
      ))}
    </select>
  );
  return (
    <span className="keys-night">
      <label>
        <input
          type="checkbox"
          checked={theme === 'dusk'}
          onChange={(event) => setPrefs({ theme: event.target.checked ? 'dusk' : 'system' })}
        />
        {t('boothMore.night.byClock')}
      </label>
      {field(t('boothMore.night.from'), nightFrom, (to) => setPrefs({ nightFrom: to }))}
      <span>–</span>
      {field(t('boothMore.night.to'), nightTo, (to) => setPrefs({ nightTo: to }))}
    </span>
  );
}
