import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { useWords } from '../lib/i18n/index.ts';
import { practising } from '../lib/station/practice.ts';
import { Gate } from './Gate.tsx';
import { glyphs } from './glyphs.tsx';
import { antdTheme, useAppearance } from './theme.ts';

export function App() {
  const { language, t } = useWords();
  const appearance = useAppearance();
  useEffect(() => {
    document.documentElement.lang = language;
    const name = language === 'en' ? 'Gatehouse' : `Gatehouse ${t('app.name')}`;
    document.title = practising ? t('practice.title', { name }) : name;
    if (practising) document.documentElement.dataset['practice'] = 'on';
  }, [language, t]);
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={antdTheme(appearance)}
      button={{ autoInsertSpace: false }}
      select={{ suffixIcon: glyphs.down, clearIcon: glyphs.clear }}
      datePicker={{ suffixIcon: glyphs.calendar, clearIcon: glyphs.clear }}
      rangePicker={{ separator: glyphs.to }}
    >
      <ErrorBoundary>
        <Gate />
      </ErrorBoundary>
    </ConfigProvider>
  );
}
