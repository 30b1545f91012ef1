import { type AnnouncementRules, announcementRulesSchema } from '../../../../shared/domain/announcement.ts';
import { defaultText, effectiveTexts } from '../../../../shared/domain/announcement-defaults.ts';
import { type FilledLine, fillText, SAMPLE_VALUES, type Values } from '../../../../shared/domain/announcement-fill.ts';
import type { AnnouncementEvent, AnnouncementText } from '../../../../shared/domain/announcement-text.ts';
import type { Translate } from '../../../lib/i18n/index.ts';

/** The texts as their section shows and changes them. */

export const groups = {
  idle: ['idle-in', 'idle-out', 'held-open'],
  entry: ['entry-welcome', 'card-expires-soon', 'card-expired', 'card-surplus'],
  exit: ['exit-due', 'exit-paid', 'exit-free', 'exit-later', 'exit-owing'],
  stopped: [
    ...(['full', 'closed', 'card-refused', 'no-entry', 'arrears', 'refused', 'unread', 'unlicensed'] as const),
    ...(['checking', 'waiting', 'asking', 'pricing', 'remote-refused', 'gate-trouble'] as const),
  ],
} as const satisfies Record<string, readonly AnnouncementEvent[]>;
export type Group = keyof typeof groups;
export const groupNames = ['idle', 'entry', 'exit', 'stopped'] as const satisfies readonly Group[];

/** The sample car at this car park. */
export const sampleAt = (park: string | undefined): Values =>
  park === undefined ? SAMPLE_VALUES : { ...SAMPLE_VALUES, park };

/** The lines that are shown of a text: those in which something stands. */
export const shownOf = (text: Pick<AnnouncementText, 'lines' | 'speech'>, values: Values): readonly FilledLine[] =>
  fillText(text, values).lines.filter((line) => !line.absent && line.text !== '');

const isOf = (one: AnnouncementText) => (other: AnnouncementText) =>
  other.event === one.event && other.vehicle === one.vehicle;

const sameWords = (one: AnnouncementText, other: AnnouncementText): boolean =>
  JSON.stringify([one.lines, one.speech, one.seconds ?? null]) ===
  JSON.stringify([other.lines, other.speech, other.seconds ?? null]);

/** The changed texts with this one among them; written as the program brings it along it is changed no more. */
export function withText(texts: AnnouncementRules['texts'], text: AnnouncementText): AnnouncementRules['texts'] {
  const others = withoutText(texts, text);
  const own = defaultText(text.event, text.vehicle);
  return own && sameWords(own, text) ? others : [...others, text];
}

export const withoutText = (texts: AnnouncementRules['texts'], text: AnnouncementText): AnnouncementRules['texts'] =>
  texts.filter((each) => !isOf(text)(each));

export const isChanged = (texts: readonly AnnouncementText[], text: AnnouncementText): boolean =>
  texts.some(isOf(text));

/** The settings with a fault, by their first name. */
export function faultsOf(rules: AnnouncementRules): ReadonlySet<string> {
  const parsed = announcementRulesSchema.safeParse(rules);
  return new Set(parsed.error?.issues.map(({ path }) => String(path[0] ?? '')) ?? []);
}

/** The vehicles of a text in words: all, where no class has its own beside it. */
export const whom = (text: AnnouncementText, texts: readonly AnnouncementText[], t: Translate): string =>
  text.vehicle === 'any' && effectiveTexts(texts).filter(({ event }) => event === text.event).length === 1
    ? t('settings.announcing.everybody')
    : t(`settings.announcing.vehicle.${text.vehicle}`);
