import type { Attention } from '../../../shared/contract/lanes.ts';
import { type Actor, type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { type Account, makeBill } from '../payments/bills.ts';
import { cardOf } from '../payments/coverage.ts';
import { approvedBy, crossArea } from './areas.ts';
import { askAuthority, isAllowed, ownStay, platformDecides, platformPrices } from './authority.ts';
import { balanceTaken } from './card-use.ts';
import { releaseNow } from './charging.ts';
import { depart, departsOn } from './depart.ts';
import { letOut, settleHere, withUsed } from './let-out.ts';
import { letThrough } from './opening.ts';
import { endPassage } from './passage.ts';
import { askPrice, priceFailed, priceOf } from './priced.ts';
import { decideExit, EVERYTHING, type ExitDecision, isFreeByList } from './rules.ts';
import { isHeldUp, type LaneState, type Passage } from './state.ts';
import { caseOpened, draft, photoTaken, preceded, type Step, type World, waitForPerson } from './step.ts';

/** A car at an exit: asks the rule book about it and carries out the answer. Pure. */
export function leave(state: LaneState, passage: Passage, actor: Actor, world: World): Step {
  const { inside } = world;
  const own = isAllowed(passage) ? ownStay(passage, world) : null;
  if (own?.exitRecordId === passage.id)
    return letThrough(state, { ...passage, uid: own.uid }, 'decision', world.why ?? null, world, actor);
  const alone = platformDecides(passage, world) && !isHeldUp(state);
  // The car that just went out is read once more: unless somebody stands on the loop, that is nobody to ask about.
  if (!inside && wentOutHere(passage, world) && !(alone && state.loop?.on))
    return endPassage({ ...state, passage }, 'closed', world, actor, 'left here just now');
  if (alone && !isAllowed(passage)) return askAuthority(state, passage, world);
  const account = inside ? world.accountOf(inside, passage.fixedFeeFen, priceOf(passage, inside)) : null;
  const { authority } = world.lane;
  const decision = decideExit({
    plate: passage.plate,
    identity: passage.identity,
    inside,
    at: world.now,
    account,
    pricedOutside: world.pricedBy !== null,
    card: inside ? world.card(inside.terms.id) : null,
    registry: world.registry,
    site: world.site,
    area: world.area,
    doubts: inside ? world.doubts(inside) : [],
    candidates: world.candidates,
    unambiguous: world.unambiguous,
    leftJustNow: world.leftJustNow,
    held: isHeldUp(state),
    approved: alone ? EVERYTHING : passage.approved,
    authority: authority === undefined ? 'none' : platformPrices(passage, world) ? 'platform-fees' : 'local-fees',
  });
  // Without a price nobody can be billed; whatever else our rules would ask a person stops nobody here.
  const unpriced = decision.kind === 'wait' && UNPRICED.has(decision.attention);
  if (alone && decision.kind === 'wait' && !unpriced) return goUnknown(state, passage, actor, world);
  return carryOut(decision, state, passage, actor, world);
}

const UNPRICED: ReadonlySet<Attention> = new Set(['no-tariff', 'clock-reversed']);

/** The platform lets a car out of which we have no stay: a person looks later how it came in. */
function goUnknown(state: LaneState, passage: Passage, actor: Actor, world: World): Step {
  const reason = actor.kind === 'user' ? '人工放行' : '平台放行';
  return releaseNow(state, { ...passage, attention: 'no-entry' }, actor, { ...world, inside: null }, reason);
}

/** The same plate at the same lane within the same-plate interval is the car that just went out there, read once more. */
function wentOutHere(passage: Passage, { leftJustNow: left, lane, samePlateMs }: World): boolean {
  if (left?.exitLane?.id !== lane.id || left.exitedAt === null) return false;
  return Math.abs(passage.startedAt - left.exitedAt) < samePlateMs;
}

function carryOut(decision: ExitDecision, state: LaneState, passage: Passage, actor: Actor, world: World): Step {
  switch (decision.kind) {
    case 'wait': {
      const waiting = waitForPerson(state, passage, decision, world.inside, world);
      return decision.attention === 'seen-again' && state.passage?.attention !== 'seen-again'
        ? preceded([seenAgain(passage, world)], waiting)
        : waiting;
    }
    case 'price':
      if (!priceFailed(passage, decision.stay))
        return askPrice(state, { ...passage, warnings: [...decision.warnings] }, decision.stay, world);
      return waitForPerson(
        state,
        passage,
        { kind: 'wait', attention: 'fee-unknown', firm: false, warnings: decision.warnings },
        decision.stay,
        world,
      );
    case 'ask':
      return askAuthority(state, { ...passage, warnings: [...decision.warnings] }, world);
    case 'cross':
      return crossArea(
        state,
        { ...passage, warnings: [...decision.warnings] },
        decision.stay,
        world,
        approvedBy(actor, world),
      );
    case 'matched':
      return matched(state, passage, decision.stay, STATION, actor, world);
    case 'pass': {
      const { stay, account } = decision;
      const settled = stay.paidFen + stay.discountFen;
      // Discounts that left nothing to pay are used up by the exit itself, for there is no bill to use them.
      const discounts = account?.discounts ?? [];
      return letOut(
        state,
        { ...passage, warnings: [...decision.warnings], terms: stay.terms },
        {
          stay: withUsed(stay, discounts),
          chargeFen: account?.chargeFen ?? settled,
          waivedFen: account && decision.how === 'held-open' ? account.dueFen : 0,
          how: decision.how,
          origin: 'decision',
          reason: world.why ?? null,
          actor,
          steps: account?.fee.steps ?? [],
          discounts,
          feeUnknown:
            decision.how === 'held-open' && !account && world.pricedBy !== null && !isFreeByList(world.registry, stay),
        },
        world,
      );
    }
    case 'charge':
      return charge(
        state,
        { ...passage, warnings: [...decision.warnings] },
        decision.stay,
        decision.account,
        actor,
        world,
      );
  }
}

/** From here on the car is the one of `stay`: the passage carries the plate of the entry, and what was read stays visible. */
export function matched(state: LaneState, passage: Passage, stay: Stay, by: Actor, actor: Actor, world: World): Step {
  const event = draft(
    'plate-corrected',
    { before: passage.plate, after: stay.plate, stay: null },
    { world, passageId: passage.id, key: stay.uid, actor: by },
  );
  const known: Passage = {
    ...passage,
    plate: stay.plate,
    identity: stay.identity,
    readPlate: passage.readPlate ?? passage.plate,
    guessed: by.kind === 'station',
  };
  const found: World = {
    ...world,
    inside: stay,
    current: stay,
    // Lists, cards and debts are those of the car, not of the plate that was misread.
    registry: world.factsOf(stay.plate, stay),
    candidates: [],
    unambiguous: null,
    leftJustNow: null,
  };
  return preceded([event], leave({ ...state, passage: known }, known, actor, found));
}

/**
 * Somebody pays: by the balance of a card at once, after the car has left where a platform collects then, or by what comes for
 * the bill that stands here now.
 */
function charge(state: LaneState, passage: Passage, stay: Stay, account: Account, actor: Actor, world: World): Step {
  const standing = world.openBill(stay.uid);
  // A bill that a phone was shown a moment ago is what the driver is paying right now: it stays the one that counts, unless debts are
  // to be paid here that it leaves out.
  const holds = standing?.validUntil != null && standing.validUntil > world.now;
  const adopted = holds && asksFor(standing, world.registry.debts) ? standing : null;
  const about = { world, passageId: passage.id, key: stay.uid };
  const bill =
    adopted ??
    makeBill({
      id: world.newId('bill'),
      stay,
      account,
      scene: 'gate',
      debts: world.registry.debts,
      now: world.now,
      validUntil: null,
    });
  const card = world.card(cardOf(stay.terms));
  const balance = card && balanceTaken(card, bill, stay, world);
  const agreement = adopted || balance ? null : departsOn(passage, stay, bill, world);
  if (agreement)
    return depart(state, passage, { stay, account, gate: bill, replaced: standing, agreement, actor }, world);
  const events: EventDraft[] = [];
  if (standing && !adopted) events.push(draft('bill-voided', { bill: standing, reason: 'made-anew' }, about));
  if (!adopted) events.push(draft('bill-issued', { bill }, about));
  const billed: Passage = { ...passage, uid: stay.uid, attention: null, firm: false, bill, terms: stay.terms };
  // Evidence of the stay only once it has left; until then the cashier must be able to look at it.
  events.push(...photoTaken(passage, null, world));
  if (balance) {
    // What it paid of an earlier bill at this very barrier goes back with the rest.
    const before = billed.cardUsed?.cardId === card.id ? billed.cardUsed.fen : 0;
    const cardUsed = { cardId: card.id, minutes: 0, times: 0, fen: before + balance.payment.amountFen };
    const settled = settleHere(state, { ...billed, cardUsed }, stay, balance.payment, actor, world);
    if (settled) return preceded([...events, balance.event], settled);
  }
  return { state: { ...state, phase: 'charging', passage: billed }, events, commands: [] };
}

/** Whether a bill asks for the whole of what is left of each of these debts. */
const asksFor = ({ arrears }: Bill, debts: readonly Debt[]): boolean =>
  debts.every(({ id, amountFen, paidFen }) => {
    const asked = arrears.find((each) => each.debtId === id)?.amountFen ?? 0;
    return asked >= amountFen - paidFen;
  });

function seenAgain(passage: Passage, world: World): EventDraft {
  const left = world.leftJustNow;
  return caseOpened(
    'seen-again',
    {
      uid: left?.uid ?? null,
      plate: passage.plate.text,
      detail: '离场后不久再次在出口识别，可能为套牌、误识别或假离场',
    },
    world,
    passage.id,
  );
}
