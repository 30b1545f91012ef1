import type { ListEntryView } from '../../../shared/contract/lists.ts';
import type { useWords } from '../../lib/i18n/index.ts';

/** A plate may stand on a list once for each colour: an entry is spoken of with its own. */
export const entryName = (
  { plate, plateColor }: Pick<ListEntryView, 'plate' | 'plateColor'>,
  t: ReturnType<typeof useWords>['t'],
): string => (plateColor === null ? plate : t('lists.ofColor', { plate, color: t(`plate.color.${plateColor}`) }));
