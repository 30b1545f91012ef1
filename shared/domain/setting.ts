/** How a setting is called and explained on the screens: the meta of its zod schema, which travels with its JSON Schema. */
export interface SettingWords {
  readonly [name: string]: string | boolean | Readonly<Record<string, string>> | undefined;
  readonly title: string;
  readonly titleZh: string;
  readonly helpZh: string;
  /** Passwords and private keys: shown to nobody, kept out of exports. */
  readonly secret?: boolean;
  /** What codes to choose from mean, by the code. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly choicesZh?: Readonly<Record<string, string>>;
}

/**
 * Words for `.meta(...)`: the Chinese name and explanation, and the English name. The English explanation is `.describe(...)`; where
 * there is none it is given here.
 */
export const setting = (
  titleZh: string,
  helpZh: string,
  title: string,
  more: Partial<Pick<SettingWords, 'choices' | 'choicesZh'>> & {
    readonly secret?: true;
    readonly description?: string;
  } = {},
): SettingWords => ({ title, titleZh, helpZh, ...more });

/** What stands in the place of a secret that is set. Sent back unchanged it keeps what is stored. */
export const KEPT_SECRET = '••••••••';
