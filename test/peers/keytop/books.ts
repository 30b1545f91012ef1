import type { Charge } from './charges.ts';
import { EXIT_OF_BILL, OUR_BILL_TYPES, WALLETS } from './codes.ts';
import { type JsonObject, numberOf, textOf } from './json.ts';
import type { State } from './state.ts';
import type { Stay } from './stays.ts';

/** One stay: the third party's money beside what the car park told. */
export interface StayBooks {
  readonly stay: Stay;
  readonly left: boolean;
  /** What it kept. */
  readonly charges: readonly Charge[];
  readonly chargedFen: number;
  /** payMoney of the rows that are its money. */
  readonly toldFen: number;
  /** payMoney of all others. */
  readonly elsewhereFen: number;
  readonly differences: readonly string[];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const isOurs = (bill: JsonObject): boolean => OUR_BILL_TYPES.includes(numberOf(bill, 'payType'));

/** Whether a charge belongs to a stay; an unlicensed car is known by its card. */
const isOf = (charge: Charge, stay: Stay): boolean =>
  charge.deduction
    ? charge.deduction.stay === stay
    : (charge.enteredAt === null || charge.enteredAt === stay.enteredAt) &&
      (charge.plate === '' ? charge.card !== '' && charge.card === stay.card : charge.plate === stay.plate);

/** The row that tells of a charge: by the number in its remark, else by its amount. */
function rowOf(charge: Charge, rows: readonly JsonObject[]): JsonObject | undefined {
  const named = rows.find((row) => charge.orderNo !== '' && textOf(row, 'remark').includes(charge.orderNo));
  return named ?? rows.find((row) => numberOf(row, 'payMoney') === charge.amount);
}

/** The third party's money by stays, to be laid beside the reports of the car park. */
export class Books {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  stay(stay: Stay): StayBooks {
    const charges = this.#state.charges.kept.filter((charge) => isOf(charge, stay));
    const ours = stay.bills.filter(isOurs);
    const others = stay.bills.filter((bill) => !isOurs(bill));
    const fen = (bills: readonly JsonObject[]): number => sum(bills.map((bill) => numberOf(bill, 'payMoney')));
    const left = stay.exits.length > 0;
    return {
      ...{ stay, left, charges, chargedFen: sum(charges.map(({ amount }) => amount)) },
      ...{ toldFen: fen(ours), elsewhereFen: fen(others) },
      differences: [...this.#unlike(stay, charges, ours), ...(left ? exitDifferences(stay) : [])],
    };
  }

  all(): StayBooks[] {
    return [...this.#state.stays.all.values()].map((stay) => this.stay(stay));
  }

  totals(): { readonly chargedFen: number; readonly toldFen: number; readonly elsewhereFen: number } {
    const all = this.all();
    return {
      chargedFen: sum(this.#state.charges.kept.map(({ amount }) => amount)),
      toldFen: sum(all.map(({ toldFen }) => toldFen)),
      elsewhereFen: sum(all.map(({ elsewhereFen }) => elsewhereFen)),
    };
  }

  /** Where money and reports disagree, in words. Empty when they agree to the fen; cars inside are looked at as far as told. */
  differences(): string[] {
    const homeless = this.#state.charges.kept
      .filter((charge) => ![...this.#state.stays.all.values()].some((stay) => isOf(charge, stay)))
      .map((charge) => `${nameOf(charge)} is of no stay that the car park told of`);
    return [...this.all().flatMap(({ differences }) => differences), ...homeless];
  }

  /** Cars that came in and are not in the list of those inside, and the reverse; rows of SearchParkingInfo. */
  insideDifferences(rows: readonly JsonObject[]): string[] {
    const told = [...this.#state.stays.all.values()].filter(({ entry, exits }) => entry && exits.length === 0);
    const name = (plate: string, card: string): string => plate || card;
    const listed = rows.map((row) => name(textOf(row, 'plateNo'), textOf(row, 'cardNo')));
    const inside = told.map(({ plate, card }) => name(plate, card));
    return [
      ...inside.filter((car) => !listed.includes(car)).map((car) => `${car} is inside and not in the list`),
      ...listed.filter((car) => !inside.includes(car)).map((car) => `${car} is in the list, and nobody told of it`),
    ];
  }

  #unlike(stay: Stay, charges: readonly Charge[], ours: readonly JsonObject[]): string[] {
    const found: string[] = [];
    let rest = [...ours];
    for (const charge of charges) {
      const row = rowOf(charge, rest);
      rest = rest.filter((one) => one !== row);
      if (!row) {
        if (stay.exits.length > 0 || charge.state === 'settled')
          found.push(`${nameOf(charge)} (${charge.state}) is in no PostCarBillDetail`);
        continue;
      }
      const told = numberOf(row, 'payMoney');
      if (told !== charge.amount) found.push(`${nameOf(charge)} was told as ${told}`);
      const reduced = charge.discount + charge.freeMoney;
      const waived = numberOf(row, 'freeMoney') + numberOf(row, 'ticketMoney');
      if (reduced > waived && numberOf(row, 'totalMoney') >= charge.amount + reduced)
        found.push(`${nameOf(charge)}: ${reduced} were given, ${waived} were told`);
      const payType = WALLETS[charge.wallet].billPayType;
      if (charge.via !== 'seamless' && numberOf(row, 'payType') !== payType)
        found.push(`${nameOf(charge)} was told as payType ${numberOf(row, 'payType')} instead of ${payType}`);
      if (charge.deduction?.outcome === 'unknown')
        found.push(`${nameOf(charge)} was told although its outcome is unknown`);
    }
    return [
      ...found,
      ...rest.map((row) => `${stay.plate || stay.card}: ${numberOf(row, 'payMoney')} is only in PostCarBillDetail`),
    ];
  }
}

const nameOf = ({ plate, card, orderNo, platformOrder, amount, via }: Charge): string =>
  `${plate || card}: ${via} ${orderNo || platformOrder} ${amount}`;

/** The exit's own sums beside the rows of its payments. */
function exitDifferences({ plate, card, exits, bills }: Stay): string[] {
  const [exit] = exits;
  if (!exit) return [];
  const car = plate || card;
  const told = numberOf(exit, 'preMoney') + numberOf(exit, 'payMoney');
  const paid = sum(bills.map((bill) => numberOf(bill, 'payMoney')));
  const tickets = sum(bills.map((bill) => numberOf(bill, 'ticketMoney')));
  const free = sum(bills.map((bill) => numberOf(bill, 'freeMoney')));
  const last = bills.filter((bill) => numberOf(bill, 'payMoney') > 0).at(-1);
  const meant = last && EXIT_OF_BILL[numberOf(last, 'payType')];
  const payType = numberOf(exit, 'payType');
  return [
    ...(exits.length > 1 ? [`${car} left ${exits.length} times`] : []),
    ...(told === paid ? [] : [`${car}: PostPayDetail has ${told}, PostCarBillDetail has ${paid}`]),
    ...(bills.length > 0 && numberOf(exit, 'ticketMoney') !== tickets
      ? [`${car}: coupons of ${numberOf(exit, 'ticketMoney')} at the exit, ${tickets} in its payments`]
      : []),
    ...(bills.length > 0 && numberOf(exit, 'freeMoney') !== free
      ? [`${car}: ${numberOf(exit, 'freeMoney')} waived at the exit, ${free} in its payments`]
      : []),
    ...(numberOf(exit, 'payMoney') > 0 && meant !== undefined && meant !== payType
      ? [`${car}: payType ${payType} at the exit, ${meant} by its payment`]
      : []),
  ];
}
