import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en.ts';
import type { Language } from './language.ts';
import { zh } from './zh.ts';

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];

/** The dotted name of a sentence in the catalogue: a name that is not there does not compile. */
export type WordKey = Leaves<typeof zh>;
export type Translate = (key: WordKey, params?: Readonly<Record<string, string | number>>) => string;

export const i18n: I18n = i18next.createInstance();

/** Both catalogues are in the bundle, so this is ready before the first render and never fetches anything. */
export function startI18n(language: Language): void {
  if (i18n.isInitialized) {
    void i18n.changeLanguage(language);
    return;
  }
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

const translators: Record<Language, Translate> = {
  'zh-CN': (key, params) => i18n.t(key, { ...params, lng: 'zh-CN' }),
  en: (key, params) => i18n.t(key, { ...params, lng: 'en' }),
};

/** The words in one given language, outside of components. */
export function wordsOf(language: Language): Translate {
  return translators[language];
}

/** The words in the language of the moment; a component that calls it is drawn again when the language changes. */
export function useWords(): { readonly t: Translate; readonly language: Language } {
  const { i18n: instance } = useTranslation();
  const language: Language = instance.language === 'en' ? 'en' : 'zh-CN';
  return { t: translators[language], language };
}
