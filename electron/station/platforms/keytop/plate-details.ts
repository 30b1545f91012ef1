import { z } from 'zod';
import type { CardEdit, CardItem } from '../../../../shared/domain/card-edit.ts';
import { classifyPlate, normalisePlateText } from '../../../../shared/domain/plates.ts';
import type { KeytopContext } from './context.ts';
import { parameters } from './define.ts';
import { code, maybeText } from './down-fields.ts';

/** plateDetails: an array inside a text, of plates and IC cards; some send the array itself. */

const one = { plateNo: maybeText(40), etcNo: maybeText(40) };

type Pair = { readonly plateNo: string; readonly etcNo: string };

const itemOf = ({ plateNo, etcNo }: Pair, issues: z.RefinementCtx): CardItem => {
  if ((plateNo === '') === (etcNo === ''))
    issues.addIssue({ code: 'custom', message: '车牌号和 IC 卡号应填且只填一个' });
  return plateNo === '' ? { ic: etcNo } : plateItem(plateNo, issues);
};

function plateItem(given: string, issues: z.RefinementCtx): CardItem {
  const plate = normalisePlateText(given);
  if (plate === '' || classifyPlate(plate) === 'none') issues.addIssue({ code: 'custom', message: '不是车牌' });
  return { plate };
}

const unpacked = <S extends z.ZodType>(array: S) =>
  z.preprocess((value, issues): unknown => {
    if (typeof value !== 'string') return value;
    if (value.trim() === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      issues.addIssue({ code: 'custom', message: '应为 JSON 数组' });
      return z.NEVER;
    }
  }, array);

const missing = ({ input }: { readonly input?: unknown }): string =>
  input === undefined || input === null ? '缺少参数' : '应为 JSON 数组';

/** Of a new card (4.1): something must be there. */
export const plateDetails = () =>
  unpacked(z.array(parameters(one).transform(itemOf), { error: missing }).min(1, '缺少参数').max(100, '过多'));

/** Of a change (4.2): `type` 0 takes away, 1 adds; nothing there, nothing to do. */
export const plateChanges = () =>
  unpacked(
    z
      .array(
        parameters({ ...one, type: code(0, 1) }).transform(
          ({ type, ...pair }, issues): CardEdit => ({ op: type === 1 ? 'add' : 'remove', item: itemOf(pair, issues) }),
        ),
        { error: missing },
      )
      .max(100, '过多')
      .optional(),
  );

/**
 * Whether a plate or an IC card is meant: what is a plate is one, whatever `isCard` says (0 IC card, 1 plate; missing: 1), unless the site
 * goes by that alone (G19).
 */
export function itemNamed(
  value: string,
  isCard: 0 | 1 | undefined,
  { settings }: Pick<KeytopContext, 'settings'>,
): CardItem {
  const plate = normalisePlateText(value);
  const kind = classifyPlate(plate);
  const isPlate = kind !== 'irregular' && kind !== 'none' && kind !== 'unread';
  const counts = isPlate && settings.readings.isCard === 'plate-first';
  return counts || isCard !== 0 ? { plate } : { ic: value.trim() };
}

/** As the query tells it: the side of a pair that does not count is null. */
export const toPlateDetails = ({
  plates,
  icNumbers,
}: {
  readonly plates: readonly string[];
  readonly icNumbers: readonly string[];
}): string =>
  JSON.stringify([
    ...plates.map((plateNo) => ({ plateNo, etcNo: null })),
    ...icNumbers.map((etcNo) => ({ plateNo: null, etcNo })),
  ]);
