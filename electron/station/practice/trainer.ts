import type { Lesson, PracticeState, Remark, Scenario } from '../../../shared/contract/practice.ts';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import { toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import type { PracticePort } from '../api/practice-port.ts';
import type { Device } from '../devices/device.ts';
import { VirtualBarrier } from '../devices/virtual/barrier.ts';
import { VirtualCamera } from '../devices/virtual/camera.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import type { Registry } from '../registry/registry.ts';
import { ConflictError, errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Ids, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import { type Floor, type Side, TRAINER } from './floor.ts';
import type { PracticePlatform } from './platform.ts';
import { PRACTICE_LANES } from './provision.ts';
import type { Car, ScenarioPlan } from './scenario.ts';
import { scenarios } from './scenarios.ts';

const LESSONS_KEPT = 100;
const EVENTS_A_LOOK = 500;

export interface TrainerDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly lanes: LaneRuntime;
  readonly registry: Registry;
  readonly platform: PracticePlatform;
  readonly find: (id: string) => Device | undefined;
  /** An entry that nobody saw, so long ago. */
  readonly enter: (plate: Plate, laneId: string, enteredAt: EpochMs, proof: string) => Stay;
  /** Told how many lessons there were. */
  readonly counted: (lessons: number) => void;
}

interface Running {
  readonly id: string;
  readonly scenario: Scenario;
  readonly plan: ScenarioPlan;
  readonly car: Car;
  readonly startedAt: EpochMs;
  readonly remarks: Remark[];
  endedAt: EpochMs | null;
  verdict: Lesson['verdict'];
}

/** Sends cars to the practice station and looks, in its journal, at what becomes of them. */
export class Trainer implements PracticePort {
  readonly #deps: TrainerDeps;
  readonly #floor: Floor;
  readonly #lessons: Running[] = [];
  readonly #unfollow: Cancel;
  #seq: number;
  #sent = 0;

  /** @throws Error where the car park is not the one for practice. */
  constructor(deps: TrainerDeps) {
    this.#deps = deps;
    this.#floor = floorOf(deps);
    this.#seq = deps.store.read.journal.last().seq;
    this.#unfollow = deps.store.onCommitted(() => this.#look());
  }

  close(): void {
    this.#unfollow();
  }

  state(): PracticeState {
    return { practising: true, running: null };
  }

  start(): never {
    throw new ConflictError('practising', '已经在训练模式里');
  }

  stop(): never {
    throw new ConflictError('practising', '请在正式工作站结束训练');
  }

  send(scenario: Scenario): Lesson {
    const plan = scenarios[scenario];
    const laneId = PRACTICE_LANES[plan.side];
    const present = this.#lessons[0];
    if (present && present.endedAt === null) this.#over(present, null);
    for (const side of ['in', 'out'] as const) this.#clear(PRACTICE_LANES[side]);
    const car: Car = { plate: this.#newPlate(), side: plan.side, laneId, uid: null };
    const running: Running = {
      ...{ id: this.#deps.ids.next('lesson'), scenario, plan, car, startedAt: this.#deps.clock.now() },
      ...{ remarks: [], endedAt: null, verdict: null },
    };
    // Cars of lessons before must not be taken for this one's.
    this.#look();
    this.#lessons.unshift(running);
    this.#lessons.length = Math.min(this.#lessons.length, LESSONS_KEPT);
    this.#deps.counted(++this.#sent);
    plan.begin(this.#floor, car);
    return this.#view(running);
  }

  lessons(): Lesson[] {
    return this.#lessons.map((lesson) => this.#view(lesson));
  }

  /** Whoever still stands there drives away: one car, one lesson. */
  #clear(laneId: string): void {
    const { lanes, log } = this.#deps;
    for (let turn = 0; turn < 5; turn++) {
      const { phase, passage } = lanes.state(laneId);
      if (!passage || phase === 'idle' || phase === 'cleared') return;
      try {
        lanes.order(laneId, { type: 'cancel', reason: '训练：换下一辆', actor: TRAINER }, passage.id);
      } catch (error) {
        log.warn('a practice car could not be sent away', { error: errorText(error) });
        return;
      }
    }
  }

  #look(): void {
    const { journal } = this.#deps.store.read;
    for (const event of journal.after(this.#seq, EVENTS_A_LOOK)) {
      // What a lesson puts right again is an event, too, and has been looked at by then.
      if (event.seq <= this.#seq) continue;
      this.#seq = event.seq;
      const lesson = this.#lessons[0];
      if (lesson && lesson.endedAt === null) this.#judge(lesson, event);
    }
  }

  #judge(lesson: Running, event: JournalEvent): void {
    if (event.actor.name === TRAINER.name) return;
    const found = lesson.plan.judge(event, lesson.car, this.#floor);
    if (!found) return;
    if (!lesson.remarks.includes(found.remark)) lesson.remarks.push(found.remark);
    if (found.verdict) this.#over(lesson, found.verdict);
  }

  #over(lesson: Running, verdict: Lesson['verdict']): void {
    lesson.endedAt = this.#deps.clock.now();
    lesson.verdict = verdict;
    lesson.plan.restore?.(this.#floor);
  }

  /** Local, ordinary, with one 8 that a camera may take for a B; nobody inside has it. */
  #newPlate(): Plate {
    const { entropy, store } = this.#deps;
    const digit = (): string => String([3, 4, 6, 7, 9][Math.floor(entropy.random() * 5)] ?? 3);
    for (;;) {
      const letter = [...'ACEFGHJKM'][Math.floor(entropy.random() * 9)] ?? 'A';
      const plate = toPlate(`鲁B${letter}${digit()}${digit()}8${digit()}`, 'blue');
      if (!store.read.stays.inside(plate.text)) return plate;
    }
  }

  #view({ id, scenario, car, startedAt, endedAt, verdict, remarks }: Running): Lesson {
    return {
      ...{ id, scenario, laneId: car.laneId, laneName: this.#deps.lanes.lane(car.laneId).name },
      plate: scenario === 'unlicensed' ? '' : car.plate.text,
      startedAt: toRfc3339(startedAt),
      endedAt: endedAt === null ? null : toRfc3339(endedAt),
      verdict,
      remarks: [...remarks],
    };
  }
}

function floorOf(deps: TrainerDeps): Floor {
  const { clock, entropy, lanes, registry, platform, store, find } = deps;
  const camera = (side: Side): VirtualCamera => {
    const device = find(`cam-${side}`);
    if (device instanceof VirtualCamera) return device;
    throw new Error('not the car park for practice');
  };
  const barrier = (side: Side): VirtualBarrier => {
    const device = find(`bar-${side}`);
    if (device instanceof VirtualBarrier) return device;
    throw new Error('not the car park for practice');
  };
  return {
    ...{ clock, entropy, lanes, registry, platform },
    camera: { in: camera('in'), out: camera('out') },
    barrier: { in: barrier('in'), out: barrier('out') },
    park: (plate, minutes) => deps.enter(plate, PRACTICE_LANES.in, clock.now() - minutes * 60_000, '训练'),
    payByPhone: (laneId, uid) => {
      const { phase, passage } = lanes.state(laneId);
      if (phase !== 'charging' || !passage?.bill || passage.uid !== uid) return;
      lanes.pay(
        laneId,
        passage.bill.id,
        {
          ...{ attemptId: null, method: 'wechat', via: null, reference: 'TRAIN', amountFen: toPayFen(passage.bill) },
          ...{ receivedFen: null, changeFen: 0, paidAt: clock.now(), shiftId: null },
        },
        { kind: 'platform', name: 'phone' },
      );
    },
    owes: (plate) => store.read.debts.open(plate).length > 0,
    hasLeft: (uid) => uid !== null && store.read.stays.get(uid)?.status !== 'inside',
  };
}
