import { type ThemeConfig, theme } from 'antd';
import { useEffect, useState } from 'react';
import { usePrefs } from '../lib/prefs.ts';

export type Appearance = 'light' | 'dark';

const darkQuery = '(prefers-color-scheme: dark)';

/** Light or dark as chosen, or as the operating system has it; also written to the document for the style sheets. */
export function useAppearance(): Appearance {
  const choice = usePrefs((prefs) => prefs.theme);
  const [system, setSystem] = useState<Appearance>(() => (window.matchMedia(darkQuery).matches ? 'dark' : 'light'));
  useEffect(() => {
    const query = window.matchMedia(darkQuery);
    const onChange = (): void => setSystem(query.matches ? 'dark' : 'light');
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  const appearance = choice === 'system' ? system : choice;
  useEffect(() => {
    document.documentElement.dataset['theme'] = appearance;
  }, [appearance]);
  return appearance;
}

/** The office parts use antd; its tokens follow the same palette as the booth's own style sheet. */
export function antdTheme(appearance: Appearance): ThemeConfig {
  const dark = appearance === 'dark';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: "'Microsoft YaHei', 'Noto Sans CJK SC', 'PingFang SC', sans-serif",
      fontSize: 14,
      controlHeight: 36,
      controlHeightLG: 44,
      borderRadius: 6,
      colorPrimary: dark ? '#2f7bc8' : '#0b57a4',
      colorError: dark ? '#ff8078' : '#b3211c',
      colorBgLayout: dark ? '#0e1114' : '#e9ebee',
      colorBgContainer: dark ? '#181c20' : '#ffffff',
      colorBgElevated: dark ? '#21262b' : '#ffffff',
      colorText: dark ? '#e4e7ea' : '#16191d',
      colorTextSecondary: dark ? '#a7b0ba' : '#4c5560',
      colorTextPlaceholder: dark ? '#8d97a1' : '#66707b',
      colorBorder: dark ? '#6f7984' : '#87909b',
    },
  };
}
