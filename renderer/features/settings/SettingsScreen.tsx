import { useWords } from '../../lib/i18n/index.ts';
import { Page } from '../../office/Page.tsx';

export function SettingsScreen() {
  const { t } = useWords();
  return <Page title={t('nav.settings')}>{null}</Page>;
}
