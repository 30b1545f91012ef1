import { useWords } from '../../lib/i18n/index.ts';
import { Page } from '../../office/Page.tsx';

export function FeeScreen() {
  const { t } = useWords();
  return <Page title={t('nav.fee')}>{null}</Page>;
}
