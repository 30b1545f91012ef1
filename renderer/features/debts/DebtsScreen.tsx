import { useWords } from '../../lib/i18n/index.ts';
import { Page } from '../../office/Page.tsx';

export function DebtsScreen() {
  const { t } = useWords();
  return <Page title={t('nav.debts')}>{null}</Page>;
}
