import { type ThemeConfig, theme } from 'antd';
import { useEffect, useState } from 'react';
import { shanghaiDateTime } from '../../shared/domain/time.ts';
import { usePrefs } from '../lib/prefs.ts';
import { stationNow } from '../lib/station/session.ts';

/** night: the dark one with the lamps turned down, for an unlit booth. */
export type Appearance = 'light' | 'dark' | 'night';

const darkQuery = '(prefers-color-scheme: dark)';
const LOOK_MS = 20_000;

/** Whether a time of day lies in a span that may run over midnight; all three as `18:30`. */
export function inSpan(time: string, from: string, to: string): boolean {
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/** Light, dark or night as chosen, as the clock or as the operating system has it; also written to the document for the style sheets. */
export function useAppearance(): Appearance {
  const { theme: choice, nightFrom, nightTo } = usePrefs();
  const [system, setSystem] = useState<Appearance>(() => (window.matchMedia(darkQuery).matches ? 'dark' : 'light'));
  const [time, setTime] = useState(() => shanghaiDateTime(stationNow()).slice(11, 16));
  useEffect(() => {
    const query = window.matchMedia(darkQuery);
    const onChange = (): void => setSystem(query.matches ? 'dark' : 'light');
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  useEffect(() => {
    if (choice !== 'dusk') return;
    const look = (): void => setTime(shanghaiDateTime(stationNow()).slice(11, 16));
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [choice]);
  const byClock = inSpan(time, nightFrom, nightTo) ? 'night' : 'light';
  const appearance = choice === 'system' ? system : choice === 'dusk' ? byClock : choice;
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['theme'] = appearance === 'light' ? 'light' : 'dark';
    if (appearance === 'night') dataset['night'] = 'true';
    else delete dataset['night'];
  }, [appearance]);
  return appearance;
}

/** The office parts use antd; its tokens follow the same palette as the booth's own style sheet. */
export function antdTheme(appearance: Appearance): ThemeConfig {
  const dark = appearance !== 'light';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      // A dialog stands from its first moment where it will be clicked: what is still growing moves away under a quick hand.
      motion: false,
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
      colorLink: dark ? '#74b3f4' : '#0b57a4',
    },
    // On dark ground the primary colour is made for filled buttons: as text it is too dim.
    components: dark
      ? { Tabs: { itemSelectedColor: '#74b3f4', itemHoverColor: '#9ccbf7', inkBarColor: '#74b3f4' } }
      : {},
  };
}
