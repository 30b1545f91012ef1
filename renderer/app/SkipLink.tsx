import { useWords } from '../lib/i18n/index.ts';

/** First in the order of the keyboard, seen when it has the focus: past header and menu to what the screen says. */
export function SkipLink() {
  const { t } = useWords();
  return (
    <button
      type="button"
      className="skip-link"
      onClick={() => document.querySelector<HTMLElement>('.office-screen, .app-main')?.focus()}
    >
      {t('app.skip')}
    </button>
  );
}
