import type { LaneState, Passage } from '../../electron/station/lanes/state.ts';
import type { LaneInput } from '../../electron/station/lanes/step.ts';
import type { Actor } from '../../shared/domain/events.ts';
import { toPayFen } from '../../shared/domain/money-flow.ts';
import { type Car, confused, soil } from './cars.ts';
import type { Floor } from './floor.ts';
import type { Asked, World } from './world.ts';

const REASON = '其他';

/**
 * Whoever sits in the booth: looks at what the lane shows and at the car that stands there, and presses something. Sometimes
 * late, sometimes twice, sometimes about the car before.
 */
export class Attendant {
  readonly #world: World;
  readonly #actor: () => Actor;
  readonly #shift: () => string | null;
  readonly #looking = new Set<string>();
  /** How often something was tried for the car of a passage. */
  readonly #tries = new Map<string, number>();

  constructor(world: World, booth: { readonly actor: () => Actor; readonly shift: () => string | null }) {
    this.#world = world;
    this.#actor = booth.actor;
    this.#shift = booth.shift;
  }

  /** Something may need a hand at this lane: look there soon. */
  notice(floor: Floor): void {
    if (this.#looking.has(floor.lane.id)) return;
    this.#looking.add(floor.lane.id);
    const { timeline, chance } = this.#world;
    timeline.after(chance.is(0.05) ? chance.int(20_000, 60_000) : chance.int(2_000, 8_000), () => {
      this.#looking.delete(floor.lane.id);
      this.#look(floor);
      const state = this.#world.park()?.lanes.state(floor.lane.id);
      if (floor.head || !state || state.phase === 'attention' || state.phase === 'charging' || state.phase === 'asking')
        this.notice(floor);
    });
  }

  #look(floor: Floor): void {
    const state = this.#world.park()?.lanes.state(floor.lane.id);
    if (!state) return;
    const { passage, phase } = state;
    const { head } = floor;
    const shown = passage ? this.#world.passageCar.get(passage.id) : undefined;
    const busy = phase === 'attention' || phase === 'charging' || phase === 'asking';
    if (passage && busy && shown !== head && !this.#world.chance.is(0.03)) {
      this.#order(floor, { type: 'cancel', reason: '车辆已离开', actor: this.#actor() }, passage);
      return;
    }
    if (!head) return;
    if (passage && phase === 'charging') this.#money(floor, head, passage);
    else if (passage && phase === 'attention') this.#decide(floor, head, state, passage);
    else if (passage && phase === 'asking') this.#impatient(floor, passage);
    else this.#idle(floor, head, state, shown);
  }

  /** The lane shows nothing to do, and a car stands there. */
  #idle(floor: Floor, head: Car, state: LaneState, shown: Car | undefined): void {
    const { chance, timeline } = this.#world;
    if (floor.armUp || timeline.mono - floor.headSince < 15_000) return;
    if (state.phase === 'cleared' && shown === head) this.#gate(floor);
    else if (chance.is(0.3)) {
      soil(head, 'opened by hand');
      this.#gate(floor);
    } else floor.seeAgain();
  }

  #gate(floor: Floor): void {
    this.#world.ask((park) => park.lanes.gate(floor.lane.id, 'open', '设备故障', this.#actor()));
  }

  #impatient(floor: Floor, passage: Passage): void {
    if (this.#tried(passage) > 6)
      this.#order(floor, { type: 'release', reason: REASON, actor: this.#actor() }, passage);
  }

  #decide(floor: Floor, head: Car, { passage: at }: LaneState, passage: Passage): void {
    const { chance } = this.#world;
    const actor = this.#actor();
    const tries = this.#tried(passage);
    if (tries > 8) {
      if (passage.direction === 'out') soil(head, 'released in the end');
      this.#order(floor, { type: 'release', reason: REASON, actor }, passage);
      return;
    }
    switch (at?.attention) {
      case 'unread-plate':
      case 'unlicensed':
        this.#whoIsIt(floor, head, passage);
        return;
      case 'near-match':
      case 'no-entry':
      case 'seen-again':
        this.#whichStay(floor, head, passage);
        return;
      case 'clock-reversed':
      case 'no-tariff':
        this.#order(floor, { type: 'release', reason: REASON, actor }, passage);
        return;
      default:
        if (chance.is(0.1)) this.#sendAway(floor, head, passage);
        else this.#order(floor, { type: 'approve', reason: '已核对', actor }, passage);
    }
  }

  #whoIsIt(floor: Floor, head: Car, passage: Passage): void {
    const { chance } = this.#world;
    const actor = this.#actor();
    if (head.scan !== null) {
      const { scan } = head;
      if (passage.direction === 'in' && chance.is(0.4))
        this.#order(floor, { type: 'approve', reason: null, actor }, passage);
      else if (passage.direction === 'out' && this.#tried(passage) > 2) this.#whichStay(floor, head, passage);
      else this.#world.ask((park) => park.lanes.identify(floor.lane.id, scan, actor));
      return;
    }
    const text = chance.is(0.05) ? confused(head.plate.text, chance) : head.plate.text;
    if (text !== head.plate.text) soil(head, 'plate mistyped');
    this.#order(floor, { type: 'correct-plate', plate: { ...head.plate, text }, actor }, passage);
  }

  /** At an exit: which of the cars inside is this? The pictures tell. */
  #whichStay(floor: Floor, head: Car, passage: Passage): void {
    const { chance, timeline, watch } = this.#world;
    const actor = this.#actor();
    const known = head.uid !== null && watch.stays.get(head.uid)?.status === 'inside' ? head.uid : null;
    if (known !== null && chance.is(0.8)) {
      this.#order(floor, { type: 'pick-stay', uid: known, actor }, passage);
      return;
    }
    soil(head, 'let out without its stay');
    const how = chance.among({ 'back-fill': 4, 'fixed-fee': 4, release: 2, 'correct-plate': 3 });
    if (how === 'back-fill') {
      const enteredAt = timeline.wall - chance.int(10, 300) * 60_000;
      this.#order(floor, { type: 'back-fill', enteredAt, proof: '行车记录仪', actor }, passage);
    } else if (how === 'fixed-fee')
      this.#order(floor, { type: 'fixed-fee', amountFen: 2_000, reason: '无入场记录', actor }, passage);
    else if (how === 'release' || head.scan !== null)
      this.#order(floor, { type: 'release', reason: REASON, actor }, passage);
    else this.#order(floor, { type: 'correct-plate', plate: head.plate, actor }, passage);
  }

  #sendAway(floor: Floor, head: Car, passage: Passage): void {
    soil(head, 'sent away');
    const asked = this.#order(floor, { type: 'cancel', reason: '劝返', actor: this.#actor() }, passage);
    if (asked.how === 'done') floor.backOut();
  }

  #money(floor: Floor, head: Car, passage: Passage): void {
    const { chance } = this.#world;
    const actor = this.#actor();
    const tries = this.#tried(passage);
    const how = chance.among({ pay: 92, release: 2, owe: 3, 'send away': 1, refresh: 2, grant: 2 });
    if (how === 'release') this.#order(floor, { type: 'release', reason: REASON, actor }, passage);
    else if (how === 'owe') this.#order(floor, { type: 'owe', reason: '忘带钱包', actor }, passage);
    else if (how === 'refresh') this.#order(floor, { type: 'refresh', actor }, passage);
    else if (how === 'grant') this.#grant(passage);
    else if (how === 'send away') this.#sendAway(floor, head, passage);
    else if (tries <= 5 && head.pays === 'agreement') return;
    else if (tries <= 6 && head.pays === 'qr') this.#channel(floor, passage, 'qrpay', tries);
    else if (tries <= 6 && head.pays === 'scan') this.#channel(floor, passage, 'scanpay', tries);
    else this.#overTheCounter(floor, passage, head.pays === 'pos' ? 'pos' : 'cash');
  }

  #grant(passage: Passage): void {
    const { uid } = passage;
    const { chance } = this.#world;
    if (uid === null) return;
    const kind = chance.pick(['amount', 'minutes', 'rate'] as const);
    const value = { amount: 200, minutes: 30, rate: 20 }[kind];
    const grant = { kind, value, maxFen: chance.pick([null, 300]), minimumFen: 0, reason: '投诉' };
    this.#world.ask((park) => park.payments.grants.grant(uid, grant, this.#actor(), null));
  }

  #channel(floor: Floor, passage: Passage, channel: string, tries: number): void {
    const billId = passage.bill?.id;
    if (billId === undefined || (channel === 'qrpay' && tries % 2 === 0)) return;
    const { chance, fail } = this.#world;
    const despiteUnknown = chance.is(0.3);
    this.#world.ask((park) => {
      park.payments.desk
        .charge(billId, { channel, authCode: channel === 'scanpay' ? '28' : undefined, despiteUnknown }, this.#actor())
        .catch((error: unknown) => {
          const known = error instanceof Error && (error.name === 'ConflictError' || error.name === 'NotFoundError');
          if (!known && !park.life.dead) fail('no-defect', `charge: ${String(error)}`, { laneId: floor.lane.id });
        });
    });
  }

  #overTheCounter(floor: Floor, passage: Passage, method: 'cash' | 'pos'): void {
    const { chance, till } = this.#world;
    const { bill } = passage;
    if (!bill) return;
    const whole = toPayFen(bill);
    const part = bill.dueFen > 300 && chance.is(0.05);
    const amountFen = part ? chance.int(1, bill.dueFen - 1) : whole;
    const note = chance.pick([1, 1, 1000, 5000]);
    const receivedFen = method === 'cash' && !part ? Math.ceil(amountFen / note) * note : null;
    const actor = this.#actor();
    const input: LaneInput = { type: 'collect', method, amountFen, receivedFen, part, billId: bill.id, actor };
    const before = this.#inBooks(method);
    const asked = this.#order(floor, input, passage);
    // Where the program died over it, the attendant looks afterwards whether it is in the books, and else gives it back.
    const took = asked.how === 'done' || (asked.how === 'silent' && this.#inBooks(method) !== before);
    if (took && method === 'cash') till.cash(amountFen, this.#shift());
    if (took && method === 'pos') till.posFen += amountFen;
    if (took && chance.is(0.05)) {
      // Pressed twice: the money was only handed over once.
      this.#order(floor, input, passage);
    }
  }

  #inBooks(method: string): number {
    return this.#world.watch.taken.get(method) ?? 0;
  }

  #tried(passage: Passage): number {
    const tries = (this.#tries.get(passage.id) ?? 0) + 1;
    this.#tries.set(passage.id, tries);
    return tries;
  }

  /** With the car that the screen shows, or now and then without saying which. */
  #order(floor: Floor, input: LaneInput, passage: Passage): Asked<void> {
    const named = this.#world.chance.is(0.9) ? passage.id : undefined;
    return this.#world.ask((park) => park.lanes.order(floor.lane.id, input, named));
  }

  /** The car that was let through backs out: its entry or exit is taken back, and cash goes back with it. */
  takeBack(floor: Floor, car: Car): void {
    const { timeline, chance, till } = this.#world;
    timeline.after(chance.int(1_500, 9_000), () => {
      const state = this.#world.park()?.lanes.state(floor.lane.id);
      const passage = state?.passage;
      if (!passage || this.#world.passageCar.get(passage.id) !== car) return;
      const actor = this.#actor();
      if (state.phase !== 'cleared') {
        this.#order(floor, { type: 'cancel', reason: '调头', actor }, passage);
        return;
      }
      const back = (method: string): number =>
        passage.payments.reduce(
          (sum, paid) => (paid.method === method && !/-a\d+$/.test(paid.billId) ? sum + paid.amountFen : sum),
          0,
        );
      const [cash, pos] = [back('cash'), back('pos')];
      const before = this.#inBooks('cash') + this.#inBooks('pos');
      const asked = this.#world.ask((park) =>
        park.lanes.order(floor.lane.id, { type: 'withdraw', reason: '调头', actor }, passage.id),
      );
      const gone = asked.how === 'silent' && this.#inBooks('cash') + this.#inBooks('pos') !== before;
      if (asked.how !== 'done' && !gone) return;
      till.cash(-cash, this.#shift());
      till.posFen -= pos;
    });
  }
}
