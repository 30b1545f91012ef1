import { useWords } from '../lib/i18n/index.ts';

export function Loading() {
  const { t } = useWords();
  return (
    <div className="full-note" role="status">
      <div className="spinner" />
      <strong>{t('app.loading')}</strong>
      <span>{t('app.loadingHint')}</span>
    </div>
  );
}
