import type { Actor } from '../../../shared/domain/events.ts';
import type { Lane, Site } from '../../../shared/domain/site.ts';
import { type EpochMs, shanghaiDateTime } from '../../../shared/domain/time.ts';
import { Pricing } from '../payments/pricing.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids, Log } from '../runtime/ports.ts';
import type { Reader } from '../store/reader/reader.ts';
import { type Cell, dateTime } from '../tables/cell.ts';
import { csvChunks } from '../tables/csv-write.ts';
import { type Sheet, yuan } from '../tables/sheet.ts';
import { xlsxChunks } from '../tables/xlsx-write.ts';
import { bookAsIf } from './as-if.ts';
import type { Drafts } from './drafts.ts';
import { joined, type TableFile, XLSX_TYPE } from './price-table-file.ts';
import { ReplayJob } from './replay-job.ts';
import type { ReplayDifference } from './replay-totals.ts';
import { sliced } from './slices.ts';
import { classWords, wordOf } from './words.ts';

/** Ended ones that are still looked at; the oldest makes room. Kept in memory: a replay can be run again. */
const KEPT = 3;
const LONGEST_MS = 100 * 86_400_000;

interface ReplaysDeps {
  readonly reader: Pick<Reader, 'ended'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly pricing: Pricing;
  readonly site: Site;
  readonly lanes: readonly Lane[];
  readonly drafts: Drafts;
}

/** 回放: what last month would have come to under a draft. One at a time. */
export class Replays {
  readonly #deps: ReplaysDeps;
  #jobs: readonly ReplayJob[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(deps: ReplaysDeps) {
    this.#deps = deps;
  }

  /**
   * Begins a replay; it goes on by itself.
   *
   * @throws ConflictError `replay-running` | `bad-period`; NotFoundError
   */
  start(draftId: string, period: { readonly from: EpochMs; readonly to: EpochMs }, actor: Actor): ReplayJob {
    const { clock, ids, drafts, pricing, site, lanes, reader, log } = this.#deps;
    const draft = drafts.get(draftId);
    if (this.#jobs.some((job) => job.state === 'running'))
      throw new ConflictError('replay-running', '已有一个回放正在进行，请等待或取消');
    if (period.to <= period.from) throw new ConflictError('bad-period', '结束时间应晚于开始时间');
    if (period.to - period.from > LONGEST_MS) throw new ConflictError('bad-period', '一次最多回放 100 天');
    const present = pricing.book();
    const job = new ReplayJob(
      {
        ...{ id: ids.next('replay'), draftId, ...period },
        ...{ tariffName: draft.tariff.name, revision: draft.revision },
        ...{ startedAt: clock.now(), startedBy: actor.name },
      },
      {
        reader,
        clock,
        log,
        before: new Pricing(present.tariffs, site, present.calendar),
        after: new Pricing(bookAsIf(present, draft.tariff).tariffs, site, present.calendar),
        tariffOfLane: (laneId) => lanes.find((lane) => lane.id === laneId)?.tariff,
        graceMinutes: site.rules.graceMinutes,
      },
    );
    this.#jobs = [...this.#jobs.slice(-(KEPT - 1)), job];
    this.#running = job.run();
    return job;
  }

  all(): readonly ReplayJob[] {
    return this.#jobs;
  }

  get(id: string): ReplayJob {
    const job = this.#jobs.find((each) => each.plan.id === id);
    if (!job) throw new NotFoundError('没有这次回放，可能已经清除，请重新运行');
    return job;
  }

  /** Ends one that runs, forgets one that ended. */
  drop(id: string): void {
    const job = this.get(id);
    if (job.state === 'running') job.cancel();
    else this.#jobs = this.#jobs.filter((each) => each !== job);
  }

  /** @throws ConflictError `replay-running`; NotFoundError */
  async file(id: string, format: 'csv' | 'xlsx', by: string, signal?: AbortSignal): Promise<TableFile> {
    const { clock } = this.#deps;
    const job = this.get(id);
    if (job.state === 'running') throw new ConflictError('replay-running', '回放还没有结束');
    const sheet = sheetOf(job, rowsOf(job.book.differences, sliced(clock, signal)), by, clock.now());
    return {
      name: `回放差异-${job.plan.tariffName}.${format}`,
      type: format === 'csv' ? 'text/csv; charset=utf-8' : XLSX_TYPE,
      bytes: await joined(format === 'csv' ? csvChunks(sheet) : xlsxChunks(sheet)),
    };
  }

  async stop(): Promise<void> {
    for (const job of this.#jobs) job.cancel();
    await this.#running;
  }
}

function sheetOf(job: ReplayJob, rows: Sheet['rows'], by: string, now: EpochMs): Sheet {
  const { plan, book } = job;
  const { stays, dearer, cheaper, same, beforeFen, afterFen } = book.totals;
  return {
    name: '回放差异',
    head: [
      `回放差异：${plan.tariffName}`,
      `离场时间 ${shanghaiDateTime(plan.from)} 至 ${shanghaiDateTime(plan.to)}；共 ${stays} 次停车，${dearer} 次变贵，${cheaper} 次变便宜，${same} 次不变`,
      `现行合计 ${yuan(beforeFen)} 元，草稿合计 ${yuan(afterFen)} 元；导出时间：${shanghaiDateTime(now)}；导出人：${by}`,
    ],
    columns: [
      { title: '停车记录', width: 40 },
      { title: '车牌' },
      { title: '车型' },
      { title: '入场时间', width: 20 },
      { title: '出场时间', width: 20 },
      { title: '现行（元）', numbers: 'yuan' },
      { title: '草稿（元）', numbers: 'yuan' },
      { title: '差额（元）', numbers: 'yuan' },
    ],
    rows,
  };
}

async function* rowsOf(
  differences: readonly ReplayDifference[],
  turn: () => Promise<void>,
): AsyncGenerator<readonly (Cell | null)[]> {
  for (const one of differences) {
    await turn();
    yield [
      one.uid,
      one.plate,
      wordOf(classWords, one.vehicleClass),
      dateTime(one.enteredAt),
      dateTime(one.exitedAt),
      one.beforeFen === null ? null : yuan(one.beforeFen),
      one.afterFen === null ? null : yuan(one.afterFen),
      yuan(one.changeFen),
    ];
  }
}
