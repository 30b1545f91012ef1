import type { EventView } from '../../shared/contract/journal.ts';
import type { Translate } from '../lib/i18n/index.ts';
import { platformName } from '../lib/platform-name.ts';

/** Who did something: a person by name, a platform by its title; accounts of a provision file were made by the file. */
export function actorName({ kind, name }: EventView['actor'], t: Translate): string {
  if (kind === 'platform') return platformName(name, t);
  if (name === 'provision') return t('registry.sourceFile');
  return kind === 'station' ? t('app.name') : name;
}
