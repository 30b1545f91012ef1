import type { JournalEvent } from '../../../shared/domain/events.ts';
import { shanghaiDateTime } from '../../../shared/domain/time.ts';
import type { Finding, Note } from './findings.ts';

/** A running station writes down every set of the clock that is larger than this; smaller ones may go unnoticed. */
const UNNOTICED_MS = 2_000;
/** The station looks at its clock every few seconds: a step back must be explained within this time. */
const EXPLAINED_WITHIN_MS = 60_000;

interface StepBack {
  readonly seq: number;
  readonly from: number;
  readonly to: number;
}

type RowTime = Pick<JournalEvent, 'seq' | 'at' | 'kind' | 'body'>;

/** Follows the instants of the rows: gaps of power and service, clocks that were set, and time that runs back unexplained. */
export class InstantFollower {
  #lastAt: number | undefined;
  #open: StepBack | undefined;

  /** `row` is as much of an event as could be read; of a row that could not, the time alone counts. */
  next(row: RowTime | { readonly seq: number; readonly at: number }): {
    readonly findings: readonly Finding[];
    readonly notes: readonly Note[];
  } {
    const findings: Finding[] = [];
    const notes: Note[] = [];
    const before = this.#lastAt;
    this.#lastAt = row.at;
    const wentBack = before !== undefined && row.at < before - UNNOTICED_MS;
    const told = 'kind' in row ? tell(row, before) : undefined;
    if (told) notes.push(told);
    // While the station was off nobody could see the clock being set: a battery that is flat is no forgery.
    const wasOff = 'kind' in row && row.kind === 'station-started';
    if (wentBack && wasOff)
      notes.push({
        code: 'clock-set-while-off',
        seq: row.seq,
        text: `停机期间电脑时钟被调慢 ${span(before - row.at)}`,
      });
    else if (wentBack) {
      if (this.#open) findings.push(reversed(this.#open));
      this.#open = { seq: row.seq, from: before, to: row.at };
    }
    const step = this.#open;
    if (!step) return { findings, notes };
    const jump = 'kind' in row && row.kind === 'clock-jumped' ? byMs(row.body) : 0;
    if (jump < 0 && step.to >= step.from + jump - UNNOTICED_MS) this.#open = undefined;
    else if (row.at - step.to > EXPLAINED_WITHIN_MS || (wasOff && row.seq !== step.seq)) {
      findings.push(reversed(step));
      this.#open = undefined;
    }
    return { findings, notes };
  }

  /** A step back just before the last row may be explained by a row that is still to come. */
  end(): readonly Note[] {
    const step = this.#open;
    if (!step) return [];
    return [
      { code: 'clock-pending', seq: step.seq, text: `时间刚刚倒退 ${span(step.from - step.to)}，尚待系统记录原因` },
    ];
  }
}

const byMs = (body: object): number => ('byMs' in body && typeof body.byMs === 'number' ? body.byMs : 0);

function tell(row: RowTime, before: number | undefined): Note | undefined {
  if (row.kind === 'clock-jumped') {
    const ms = byMs(row.body);
    const way = ms < 0 ? '调慢' : '调快';
    return { code: 'clock-jumped', seq: row.seq, text: `${shanghaiDateTime(row.at)} 电脑时钟被${way} ${span(ms)}` };
  }
  if (row.kind !== 'station-started' || !('previous' in row.body) || before === undefined) return undefined;
  const { previous, downMs } = row.body;
  if (previous === 'first') return undefined;
  const away = downMs === null ? '' : `，无人值守 ${span(downMs)}`;
  return previous === 'crashed'
    ? { code: 'crashed', seq: row.seq, text: `${shanghaiDateTime(row.at)} 断电或异常退出后重新启动${away}` }
    : { code: 'started', seq: row.seq, text: `${shanghaiDateTime(row.at)} 正常停机后重新启动${away}` };
}

const reversed = (step: StepBack): Finding => ({
  code: 'time-reversed',
  seq: step.seq,
  text: `流水第 ${step.seq} 条的时间倒退了 ${span(step.from - step.to)}（由 ${shanghaiDateTime(step.from)} 到 ${shanghaiDateTime(step.to)}），没有调整时钟的记录可以解释`,
});

/** `3 天 4 小时`, `12 分 5 秒`: two places are enough for a person. */
export function span(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), '天'],
    [Math.floor(seconds / 3_600) % 24, '小时'],
    [Math.floor(seconds / 60) % 60, '分'],
    [seconds % 60, '秒'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 秒';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
