import { useWords } from '../../lib/i18n/index.ts';
import { Page } from '../../office/Page.tsx';

export function AgreementsScreen() {
  const { t } = useWords();
  return <Page title={t('nav.agreements')}>{null}</Page>;
}
