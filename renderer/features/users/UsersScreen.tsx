import { useWords } from '../../lib/i18n/index.ts';
import { Page } from '../../office/Page.tsx';

export function UsersScreen() {
  const { t } = useWords();
  return <Page title={t('nav.users')}>{null}</Page>;
}
