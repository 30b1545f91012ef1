import { i18n, useWords } from '../lib/i18n/index.ts';
import { setPrefs, type ThemeChoice, usePrefs } from '../lib/prefs.ts';
import { askToLeave } from '../lib/station/leave.ts';
import { useSession } from '../lib/station/session.ts';

const themes: readonly ThemeChoice[] = ['system', 'light', 'dark'];

/** Language, light or dark, and the way out: small, because nobody needs them during a queue. */
export function HeaderMenu() {
  const { t, language } = useWords();
  const theme = usePrefs((prefs) => prefs.theme);
  const muted = usePrefs((prefs) => prefs.muted);
  const user = useSession((state) => state.user);
  const next = language === 'en' ? 'zh-CN' : 'en';
  return (
    <div className="header-menu">
      <button
        type="button"
        title={t('app.languageHint')}
        aria-label={t('app.languageHint')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          setPrefs({ language: next });
          void i18n.changeLanguage(next);
        }}
      >
        {t('app.language')}
      </button>
      {user && (
        <button
          type="button"
          aria-pressed={muted}
          title={t('app.soundHint')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setPrefs({ muted: !muted })}
        >
          {t(muted ? 'app.muted' : 'app.sound')}
        </button>
      )}
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
      {user && (
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={askToLeave}>
          {t('app.signOut')}
        </button>
      )}
    </div>
  );
}
