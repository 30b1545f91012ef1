import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { useWords } from '../lib/i18n/index.ts';
import { Gate } from './Gate.tsx';
import { antdTheme, useAppearance } from './theme.ts';

export function App() {
  const { language, t } = useWords();
  const appearance = useAppearance();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = language === 'en' ? 'Gatehouse' : `Gatehouse ${t('app.name')}`;
  }, [language, t]);
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={antdTheme(appearance)}
      button={{ autoInsertSpace: false }}
    >
      <ErrorBoundary>
        <Gate />
      </ErrorBoundary>
    </ConfigProvider>
  );
}
