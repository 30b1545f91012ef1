import type { EventView } from '../../../shared/contract/journal.ts';
import type { EventBody, EventKind } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { platformName } from '../../lib/platform-name.ts';

/** The state colours of the booth: `call` wanted a person, `stop` was a fault. The sentence itself says the same. */
export type EventTone = 'plain' | 'call' | 'stop';
export interface EventText {
  readonly text: string;
  readonly tone: EventTone;
}

/** What staff call a device, from its id. */
export type DeviceName = (deviceId: string) => string;

export interface Words {
  readonly t: Translate;
  readonly language: Language;
  readonly actor: EventView['actor'];
  readonly device: DeviceName;
}

/** One kind of event in one line. */
export type Teller<K extends EventKind> = (body: EventBody<K>, words: Words) => string | EventText;
export type Tellers<K extends EventKind> = { readonly [Kind in K]: Teller<Kind> };

export const plateName = ({ t }: Words, plate: Plate): string =>
  plate.text !== '' ? plate.text : t(plate.kind === 'none' ? 'plate.none' : 'plate.unread');
export const because = ({ t }: Words, reason: string | null): string => reason || t('event.noReason');
export const platform = (id: string, { t }: Words): string => platformName(id, t);
export const call = (text: string): EventText => ({ text, tone: 'call' });
export const stop = (text: string): EventText => ({ text, tone: 'stop' });
