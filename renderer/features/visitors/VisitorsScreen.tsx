import { useWords } from '../../lib/i18n/index.ts';
import { Page } from '../../office/Page.tsx';

export function VisitorsScreen() {
  const { t } = useWords();
  return <Page title={t('nav.visitors')}>{null}</Page>;
}
