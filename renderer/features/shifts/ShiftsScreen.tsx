import { useWords } from '../../lib/i18n/index.ts';
import { Page } from '../../office/Page.tsx';

export function ShiftsScreen() {
  const { t } = useWords();
  return <Page title={t('nav.shifts')}>{null}</Page>;
}
