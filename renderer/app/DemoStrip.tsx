import { useWords } from '../lib/i18n/index.ts';

export function DemoStrip() {
  const { t } = useWords();
  return (
    <div className="demo-strip" role="note">
      <strong>{t('app.demo')}</strong>
      <span>{t('app.demoHint')}</span>
    </div>
  );
}
