import type { ReactNode } from 'react';
import { acknowledgeAlarms, useUnheard } from '../lib/alarm-ack.ts';
import { i18n, useWords } from '../lib/i18n/index.ts';
import { setPrefs, type ThemeChoice, usePrefs } from '../lib/prefs.ts';
import { playTone } from '../lib/sound.ts';
import { askToLeave } from '../lib/station/leave.ts';
import { practising } from '../lib/station/practice.ts';
import { useSession } from '../lib/station/session.ts';
import { Shape } from './Shape.tsx';

const themes: readonly ThemeChoice[] = ['system', 'light', 'dark', 'night', 'dusk'];

const volumes = [
  { name: 'low', volume: 0.25 },
  { name: 'middle', volume: 0.6 },
  { name: 'high', volume: 1 },
] as const;

/** Language, light or dark, and the way out: small, because nobody needs them during a queue. `children` stand before the way out. */
export function HeaderMenu({ children }: { children?: ReactNode }) {
  const { t, language } = useWords();
  const theme = usePrefs((prefs) => prefs.theme);
  const user = useSession((state) => state.user);
  const next = language === 'en' ? 'zh-CN' : 'en';
  return (
    <div className="header-menu">
      <button
        type="button"
        title={t('app.languageHint')}
        aria-label={`${t('app.language')} ${t('app.languageHint')}`}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          setPrefs({ language: next });
          void i18n.changeLanguage(next);
        }}
      >
        {t('app.language')}
      </button>
      {user && <SoundButton />}
      <select
        aria-label={t('app.theme.label')}
        value={theme}
        onChange={(event) => {
          const chosen = themes.find((each) => each === event.target.value);
          if (chosen) setPrefs({ theme: chosen });
          event.target.blur();
        }}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {t(`app.theme.${each}`)}
          </option>
        ))}
      </select>
      {children}
      {user && !practising && (
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={askToLeave}>
          {t('app.signOut')}
        </button>
      )}
    </div>
  );
}

/** How loud it is, and loudly when it is not. While an alarm sounds, the way to answer it. */
function SoundButton() {
  const { t } = useWords();
  const muted = usePrefs((prefs) => prefs.muted);
  const volume = usePrefs((prefs) => prefs.volume);
  const unheard = useUnheard();
  const at = volumes.findIndex((each) => volume <= each.volume);
  /** Low, middle, high, silent, and again. */
  const next = (): void => {
    const louder = muted ? volumes[0] : volumes[at + 1];
    setPrefs(louder ? { muted: false, volume: louder.volume } : { muted: true });
    playTone('call');
  };
  return (
    <>
      {unheard && (
        <button
          type="button"
          className="header-silence"
          onMouseDown={(event) => event.preventDefault()}
          onClick={acknowledgeAlarms}
        >
          <Shape name="alarm" size={18} /> {t('app.silence')}
        </button>
      )}
      <button
        type="button"
        className="header-sound"
        aria-pressed={muted}
        title={t('app.soundHint')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={next}
      >
        <SoundSign muted={muted} level={muted ? 0 : at + 1} />
        <span className="header-sound-text">
          {muted ? t('app.muted') : t(`app.volume.${volumes[at]?.name ?? 'high'}`)}
        </span>
      </button>
    </>
  );
}

/** A loudspeaker with as many waves as it is loud; crossed out when it is silent. */
function SoundSign({ muted, level }: { muted: boolean; level: number }) {
  return (
    <svg
      width="22"
      height="20"
      viewBox="0 0 22 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="M1 7h4l5-4v14l-5-4H1V7Z" fill="currentColor" stroke="none" />
      {level >= 1 && <path d="M12.5 7.5a4 4 0 0 1 0 5" />}
      {level >= 2 && <path d="M15 5a8 8 0 0 1 0 10" />}
      {level >= 3 && <path d="M17.5 2.5a12 12 0 0 1 0 15" />}
      {muted && <path d="M13 7l7 7M20 7l-7 7" />}
    </svg>
  );
}
