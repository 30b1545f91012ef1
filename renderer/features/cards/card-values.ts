import type { CardView } from '../../../shared/contract/cards.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { CardType } from '../../../shared/domain/terms.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { countOf } from '../../office/choices.tsx';
import { addDays } from '../../office/dates.ts';
import { dateOf, dayBegins, dayEnds } from '../../office/days.ts';
import type { Faults } from '../../office/use-form.ts';

/** A card as a form holds it: numbers as typed, moments as days. */
export interface CardValues {
  readonly plates: readonly string[];
  /** A plate that is typed and not taken in yet; it counts. */
  readonly open: string;
  readonly share: boolean;
  readonly type: CardType;
  readonly number: string;
  readonly name: string;
  /** As typed, one behind the other. */
  readonly icNumbers: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly balanceFen: Fen | null;
  readonly held: string;
  readonly spaces: string;
  readonly areas: readonly string[];
  readonly quotaId: string | null;
  readonly vehicleClass: VehicleClass | null;
  readonly owner: string;
  readonly phone: string;
  readonly room: string;
  readonly remark: string;
}

/** A card as it stands, or a new one: a month from today. */
export function valuesOf(card: CardView | null): CardValues {
  const today = shanghaiDate(stationNow());
  return {
    plates: card?.plates ?? [],
    open: '',
    share: false,
    type: card?.type ?? 'monthly',
    number: card?.number ?? '',
    name: card?.name ?? '',
    icNumbers: card?.icNumbers.join('、') ?? '',
    from: card ? dateOf(card.validFrom) : today,
    to: card ? dateOf(card.validTo) : addDays(today, 30),
    balanceFen: null,
    held: '',
    spaces: String(card?.spaces ?? 1),
    areas: card?.areas ?? [],
    quotaId: card?.quotaId ?? null,
    vehicleClass: card?.vehicleClass ?? null,
    owner: card?.owner ?? '',
    phone: card?.phone ?? '',
    room: card?.room ?? '',
    remark: card?.remark ?? '',
  };
}

export function faultsOf(values: CardValues, card: CardView | null, t: Translate): Faults<CardValues> {
  const spaces = countOf(values.spaces);
  return {
    ...(!card && platesOf(values).length === 0 ? { open: t('registry.needPlate') } : {}),
    ...(values.to === null ? { to: t('registry.needDate') } : {}),
    ...(values.from !== null && values.to !== null && values.to < values.from ? { to: t('registry.badSpan') } : {}),
    ...(typeof spaces === 'number' && spaces >= 1 && spaces <= 1000
      ? {}
      : { spaces: t('registry.within', { from: 1, to: 1000 }) }),
    ...(icNumbersOf(values).some((number) => number.length > 40) ? { icNumbers: t('cards.icTooLong') } : {}),
    ...(countOf(values.held) === undefined ? { held: t('registry.badInteger') } : {}),
  };
}

const platesOf = ({ plates, open }: CardValues): string[] =>
  open === '' || plates.includes(open) ? [...plates] : [...plates, open];

/** Typed by hand or by a reader that types: whatever stands between them. */
const icNumbersOf = ({ icNumbers }: CardValues): string[] => [
  ...new Set(icNumbers.split(/[\s,，、;；]+/).filter((number) => number !== '')),
];

const common = (values: CardValues) => ({
  type: values.type,
  icNumbers: icNumbersOf(values),
  spaces: countOf(values.spaces) ?? 1,
  areas: [...values.areas],
  quotaId: values.quotaId,
  vehicleClass: values.vehicleClass,
});

const textOr = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export function newCardOf(values: CardValues) {
  const { type, from, to, number } = values;
  const held = countOf(values.held) ?? 0;
  return {
    ...common(values),
    plates: platesOf(values),
    share: values.share,
    ...(number.trim() === '' ? {} : { number: number.trim() }),
    ...(from === null ? {} : { validFrom: dayBegins(from) }),
    validTo: dayEnds(to ?? ''),
    name: values.name.trim(),
    owner: values.owner.trim(),
    phone: values.phone.trim(),
    room: values.room.trim(),
    remark: values.remark.trim(),
    ...(type === 'stored-value' ? { balanceFen: values.balanceFen ?? 0 } : {}),
    ...(type === 'hours' ? { minutesLeft: held } : {}),
    ...(type === 'counted' ? { timesLeft: held } : {}),
  };
}

/** Only the days that somebody changed are sent: a card may begin and end within a day. */
export function changeOf(values: CardValues, card: CardView) {
  const { from, to } = values;
  const { type, icNumbers, ...rest } = common(values);
  return {
    ...rest,
    ...(type === card.type ? {} : { type }),
    ...(icNumbers.join() === card.icNumbers.join() ? {} : { icNumbers }),
    ...(values.number.trim() === card.number ? {} : { number: values.number.trim() }),
    ...(from === null || from === dateOf(card.validFrom) ? {} : { validFrom: dayBegins(from) }),
    ...(to === null || to === dateOf(card.validTo) ? {} : { validTo: dayEnds(to) }),
    name: textOr(values.name),
    owner: textOr(values.owner),
    phone: textOr(values.phone),
    room: textOr(values.room),
    remark: textOr(values.remark),
  };
}
