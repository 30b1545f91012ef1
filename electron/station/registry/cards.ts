import type { CardEdit } from '../../../shared/domain/card-edit.ts';
import type { Actor, EventBody } from '../../../shared/domain/events.ts';
import { normalisePlateText } from '../../../shared/domain/plates.ts';
import { type Card, cardSchema } from '../../../shared/domain/registry.ts';
import type { CardType } from '../../../shared/domain/terms.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { edited, icNumbersOf, refuseTakenIc, sameOrder } from './card-edits.ts';
import { demandPlate, type PlatesChange, platesAfter, refuseTaken } from './card-plates.ts';
import { by, demandSpan, fromNow, type RegistryDeps, type RowOutcome } from './common.ts';

/** What may be changed of a card. Absent, or an empty text: as it was. `null` empties a text. */
export interface CardChange {
  readonly number?: string | undefined;
  readonly name?: string | null | undefined;
  readonly type?: CardType | undefined;
  /** Of a platform; another `type` ends it. */
  readonly externalType?: number | undefined;
  /** All of them. */
  readonly icNumbers?: readonly string[] | undefined;
  readonly spaces?: number | undefined;
  readonly areas?: readonly string[] | undefined;
  readonly quotaId?: string | null | undefined;
  readonly vehicleClass?: VehicleClass | null | undefined;
  readonly validFrom?: EpochMs | undefined;
  readonly validTo?: EpochMs | undefined;
  readonly owner?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly room?: string | null | undefined;
  readonly remark?: string | null | undefined;
}

export interface NewCard extends CardChange {
  /** A platform's own id of the card; ours otherwise. */
  readonly id?: string | undefined;
  readonly type: CardType;
  readonly plates: readonly string[];
  readonly validTo: EpochMs;
  readonly balanceFen?: number | undefined;
  readonly minutesLeft?: number | undefined;
  readonly timesLeft?: number | undefined;
  /** Its plates may stand on other cards as well. */
  readonly share?: boolean | undefined;
}

export interface CardDeps extends RegistryDeps {
  /** Areas and quotas that there are. */
  readonly areas: readonly { readonly id: string }[];
  readonly quotas: readonly { readonly id: string }[];
}

/** Under this key the journal holds the life of a card. */
export const cardKey = (id: string): string => `card:${id}`;

type Why = Pick<EventBody<'card-changed'>, 'change' | 'why'> & Partial<EventBody<'card-changed'>>;

/** 固定车: cards of every type. A card is never deleted; a cancelled one stays readable and can do nothing any more. */
export class Cards {
  readonly #deps: CardDeps;
  #importing = false;

  constructor(deps: CardDeps) {
    this.#deps = deps;
  }

  /** While an import is being applied, nobody else may take a number or a plate that its rows were compared without. */
  importing(on: boolean): void {
    this.#importing = on;
  }

  create(given: NewCard, actor: Actor): Card {
    this.refuseWhileImporting();
    return this.#deps.store.write((tx) => this.createIn(tx, given, actor, 'edited'));
  }

  createIn(tx: Tx, given: NewCard, actor: Actor, why: 'edited' | 'imported'): Card {
    const card = this.#newCard(tx, given, actor);
    this.#record(tx, card, { change: 'added', why }, actor);
    return card;
  }

  /** {@link create}, unless it is a repetition: a card that stands there with all that is said of this one is that card. */
  createOnce(given: NewCard, actor: Actor): Card {
    this.refuseWhileImporting();
    return this.#deps.store.write((tx) => {
      const [plate] = given.plates;
      const [ic = ''] = given.icNumbers ?? [];
      const there = plate === undefined ? tx.cards.ofIc(ic.trim()) : tx.cards.ofPlate(normalisePlateText(plate));
      return there.find((card) => sameOrder(card, given)) ?? this.createIn(tx, given, actor, 'edited');
    });
  }

  #newCard(read: Pick<Tx, 'cards'>, given: NewCard, actor: Actor): Card {
    const { ids, clock } = this.#deps;
    if (given.id !== undefined && read.cards.get(given.id)) throw new ConflictError('card-exists', '卡已存在');
    const now = clock.now();
    const blank: Card = {
      id: given.id ?? ids.next('card'),
      number: '',
      name: '',
      type: given.type,
      externalType: null,
      plates: [],
      icNumbers: [],
      spaces: 1,
      areas: [],
      quotaId: null,
      vehicleClass: null,
      validFrom: Math.min(fromNow(clock), given.validTo),
      validTo: given.validTo,
      balanceFen: given.balanceFen ?? 0,
      minutesLeft: given.minutesLeft ?? 0,
      timesLeft: given.timesLeft ?? 0,
      state: 'active',
      owner: '',
      phone: '',
      room: '',
      remark: '',
      source: actor.name,
      updatedAt: now,
    };
    const plates = platesAfter(blank, { how: 'set', plates: given.plates });
    if (given.share !== true) refuseTaken(read, plates, blank.id);
    const number = text(given.number, '') || freeNumber(read, plates[0] ?? given.icNumbers?.[0]?.trim() ?? '');
    const card = this.#changed(read, { ...blank, plates }, { ...given, number });
    this.#demandContents(card);
    return card;
  }

  change(id: string, given: CardChange, actor: Actor): Card {
    if (given.number !== undefined || given.icNumbers !== undefined) this.refuseWhileImporting();
    return this.#deps.store.write((tx) => {
      const card = this.#changed(tx, this.#living(tx, id), given);
      return this.#save(tx, card, { change: 'updated', why: 'edited' }, actor);
    });
  }

  /** Gives a card plates and fields at once; undefined when that is how it is. */
  changeIn(
    tx: Tx,
    id: string,
    given: CardChange,
    plates: PlatesChange,
    actor: Actor,
    why: 'edited' | 'imported',
  ): Card | undefined {
    const before = this.#living(tx, id);
    const card = this.#withPlates(tx, before, given, plates);
    if (same(before, card)) return undefined;
    return this.#save(tx, card, { change: 'updated', why }, actor);
  }

  #withPlates(read: Pick<Tx, 'cards'>, before: Card, given: CardChange, change: PlatesChange): Card {
    const plates = platesAfter(before, change);
    const news = plates.filter((plate) => !before.plates.includes(plate));
    if (change.share !== true) refuseTaken(read, news, before.id);
    return this.#changed(read, { ...before, plates }, given);
  }

  /** What a row that means `known`, or a new card, would do. Throws what doing it would throw. */
  compare(read: Pick<Tx, 'cards'>, known: Card | undefined, given: NewCard, actor: Actor): RowOutcome {
    if (!known) {
      this.#newCard(read, given, actor);
      return 'added';
    }
    const change = { how: 'set', plates: given.plates, share: given.share } as const;
    return same(known, this.#withPlates(read, this.#living(read, known.id), given, change)) ? 'unchanged' : 'updated';
  }

  plates(id: string, change: PlatesChange, actor: Actor): Card {
    this.refuseWhileImporting();
    return this.#deps.store.write((tx) => {
      const before = this.#living(tx, id);
      return this.changeIn(tx, id, {}, change, actor, 'edited') ?? before;
    });
  }

  /** Changes fields, plates and IC cards at once, all of it or nothing. */
  amend(id: string, given: CardChange, edits: readonly CardEdit[], actor: Actor): Card {
    if (edits.length > 0) this.refuseWhileImporting();
    return this.#deps.store.write((tx) => {
      const before = this.#living(tx, id);
      const { plates, icNumbers } = edited(before, edits);
      return this.changeIn(tx, id, { ...given, icNumbers }, { how: 'set', plates }, actor, 'edited') ?? before;
    });
  }

  /** 停用 and 恢复. Doing it twice is no error. */
  suspend(id: string, suspended: boolean, reason: string, actor: Actor): Card {
    return this.#deps.store.write((tx) => this.suspendIn(tx, id, suspended, reason, actor));
  }

  suspendIn(tx: Tx, id: string, suspended: boolean, reason: string, actor: Actor): Card {
    const card: Card = { ...this.#living(tx, id), state: suspended ? 'suspended' : 'active' };
    return this.#save(tx, card, { change: 'updated', why: 'edited', detail: reason }, actor);
  }

  /** 注销. Its number is never given out again; what it still held is in the record. Cancelling twice is no error. */
  cancel(id: string, reason: string, actor: Actor): Card {
    return this.#deps.store.write((tx) => {
      const card = this.get(tx, id);
      if (card.state === 'cancelled') return card;
      // An expired card must not become valid up to today by being cancelled.
      const validTo = Math.min(card.validTo, this.#deps.clock.now());
      return this.#save(
        tx,
        { ...card, state: 'cancelled', validTo, validFrom: Math.min(card.validFrom, validTo) },
        { change: 'updated', why: 'edited', detail: reason },
        actor,
      );
    });
  }

  get(read: Pick<Tx, 'cards'>, id: string): Card {
    const card = read.cards.get(id);
    if (!card) throw new NotFoundError('没有这张卡');
    return card;
  }

  #living(tx: Pick<Tx, 'cards'>, id: string): Card {
    const card = this.get(tx, id);
    if (card.state === 'cancelled') throw new ConflictError('card-cancelled', '该卡已注销');
    return card;
  }

  #changed(tx: Pick<Tx, 'cards'>, card: Card, given: CardChange): Card {
    const number = text(given.number, card.number);
    const other = number === card.number && card.number !== '' ? undefined : tx.cards.byNumber(number);
    if (other && other.id !== card.id) throw new ConflictError('number-taken', `卡号 ${number} 已被使用`);
    const holds = card.balanceFen + card.minutesLeft + card.timesLeft > 0;
    const type = given.type ?? card.type;
    if (type !== card.type && holds)
      throw new ConflictError('card-not-empty', '卡内还有余额、时长或次数，不能更换类型');
    const icNumbers = given.icNumbers === undefined ? card.icNumbers : icNumbersOf(given.icNumbers);
    refuseTakenIc(tx, icNumbers, card);
    demandPlate({ plates: card.plates, icNumbers });
    const { areas, quotas } = this.#deps;
    const unknown = given.areas?.find((id) => !areas.some((area) => area.id === id));
    if (unknown !== undefined) throw new ConflictError('no-such-area', `没有区域 ${unknown}`);
    const quotaId = given.quotaId === undefined || given.quotaId === '' ? card.quotaId : given.quotaId;
    if (quotaId !== card.quotaId && quotaId !== null && !quotas.some((quota) => quota.id === quotaId))
      throw new ConflictError('no-such-quota', `没有预留车位组 ${quotaId}`);
    const changed: Card = {
      ...card,
      number,
      name: text(given.name, card.name),
      type,
      externalType: given.externalType ?? (type === card.type ? card.externalType : null),
      icNumbers,
      spaces: given.spaces ?? card.spaces,
      areas: given.areas ? [...new Set(given.areas)] : card.areas,
      quotaId,
      vehicleClass: given.vehicleClass === undefined ? card.vehicleClass : given.vehicleClass,
      validFrom: given.validFrom ?? card.validFrom,
      validTo: given.validTo ?? card.validTo,
      owner: text(given.owner, card.owner),
      phone: text(given.phone, card.phone),
      room: text(given.room, card.room),
      remark: text(given.remark, card.remark),
    };
    demandSpan(changed.validFrom, changed.validTo);
    return changed;
  }

  /** A card holds only what its type can use. */
  #demandContents(card: Card): void {
    const held = [
      [card.balanceFen, 'stored-value', '只有储值卡可以有余额'],
      [card.minutesLeft, 'hours', '只有时租卡可以有时长'],
      [card.timesLeft, 'counted', '只有计次卡可以有次数'],
    ] as const;
    for (const [amount, type, words] of held)
      if (amount > 0 && card.type !== type) throw new ConflictError('not-of-this-type', words);
  }

  #save(tx: Tx, card: Card, why: Why, actor: Actor): Card {
    const before = tx.cards.get(card.id);
    if (before && same(before, card)) return before;
    const saved: Card = { ...card, source: actor.name, updatedAt: this.#deps.clock.now() };
    this.#record(tx, saved, why, actor);
    return saved;
  }

  #record(tx: Tx, card: Card, why: Why, actor: Actor): void {
    tx.record({
      kind: 'card-changed',
      ...by(actor, cardKey(card.id)),
      body: {
        uid: null,
        paidFen: 0,
        method: null,
        shiftId: null,
        detail: '',
        ...why,
        card: cardSchema.parse(card),
      },
    });
  }

  /** @throws ConflictError `import-running` */
  refuseWhileImporting(): void {
    if (this.#importing) throw new ConflictError('import-running', '正在导入固定车，请稍后再试');
  }
}

const text = (given: string | null | undefined, present: string): string =>
  given === null ? '' : given === undefined || given.trim() === '' ? present : given.trim();

const same = (a: Card, b: Card): boolean => JSON.stringify(a) === JSON.stringify({ ...b, updatedAt: a.updatedAt });

/** A card that nobody numbered is known by its first plate. */
function freeNumber(tx: Pick<Tx, 'cards'>, plate: string): string {
  for (let suffix = 1; ; suffix++) {
    const number = suffix === 1 ? plate : `${plate}-${suffix}`;
    if (!tx.cards.byNumber(number)) return number;
  }
}
