import type { ActView } from '../../../shared/contract/exceptions.ts';
import type { Edited } from '../../../shared/domain/acts.ts';
import { eventBodies } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { termsName } from '../../events/terms-name.ts';
import { formatDateTime, formatMoney } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';

export interface EditChange {
  readonly what: Edited | 'plate-at-lane';
  /** Of the car as it is called now. */
  readonly plate: string;
  /** Each as `name before → after`; empty where nothing but the look itself counts. */
  readonly changes: readonly string[];
  readonly reason: string | null;
}

const plateText = (plate: Plate, t: Translate): string => plate.text || t('plate.none');

/** What of a stay people put right; the longest comes last, where a narrow column may cut it. */
const FIELDS: readonly (readonly [
  'plate' | 'enteredAt' | 'class' | 'charge' | 'owed' | 'status' | 'terms',
  (stay: Stay, t: Translate) => string,
])[] = [
  ['plate', (stay, t) => plateText(stay.plate, t)],
  ['class', (stay, t) => t(`vehicle.${stay.vehicleClass}`)],
  ['charge', (stay) => formatMoney(stay.chargeFen)],
  ['owed', (stay) => formatMoney(stay.owedFen)],
  ['status', (stay, t) => t(`stays.status.${stay.status}`)],
  ['terms', (stay, t) => termsName(stay.terms, t)],
  ['enteredAt', (stay) => formatDateTime(toRfc3339(stay.enteredAt))],
];

/** A row about an edit in words; null for a row of an older station that does not say. */
export function editChange(row: ActView, t: Translate): EditChange | null {
  if (row.kind === 'plate-corrected') {
    const body = eventBodies['plate-corrected'].safeParse(row.body).data;
    if (!body) return null;
    const { before, after } = body;
    return {
      what: 'plate-at-lane',
      plate: plateText(after, t),
      changes: [`${plateText(before, t)} → ${plateText(after, t)}`],
      reason: null,
    };
  }
  const body = eventBodies['stay-corrected'].safeParse(row.body).data;
  if (!body) return null;
  const { before, stay, what } = body;
  const changes = FIELDS.flatMap(([name, read]) => {
    const [was, is] = [read(before, t), read(stay, t)];
    return was === is ? [] : [`${t(`exceptions.edits.field.${name}`)} ${was} → ${is}`];
  });
  const lowered = what === 'fee' && stay.chargeFen < before.chargeFen;
  return {
    what: lowered ? 'fee-lowered' : what,
    plate: plateText(stay.plate, t),
    changes: what === 'review' ? [] : changes,
    reason: body.reason,
  };
}
