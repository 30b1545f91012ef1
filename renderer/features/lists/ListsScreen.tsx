import { useWords } from '../../lib/i18n/index.ts';
import { Page } from '../../office/Page.tsx';

export function ListsScreen() {
  const { t } = useWords();
  return <Page title={t('nav.lists')}>{null}</Page>;
}
