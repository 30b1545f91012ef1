import type { Finding, SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { Figures } from '../../../../shared/domain/events.ts';
import type { Complaints } from './status.ts';

/** What a look at the printer found. Nothing is printed for it. */
export interface Looked {
  readonly isUp: boolean;
  readonly address: string;
  /** Why it is not connected, where it is not. */
  readonly why: string;
  /** It is one that answers. */
  readonly answers: boolean;
  /** What it said; null: nothing. */
  readonly complaints: Complaints | null;
  readonly tookMs: number;
}

const PAPER = ['paper-out', 'cover-open', 'paper-low'] as const;

export function selfTest(looked: Looked): readonly SelfTestStep[] {
  const { address, why: reason } = looked;
  const connection: SelfTestStep = looked.isUp
    ? step('connection', 'ok', `已连接 ${address}`, 'connected', { address })
    : step('connection', 'failed', `没有连上 ${address}：${reason}`, 'not-connected', { address, reason });
  return looked.isUp ? [connection, ...answer(looked), paper(looked)] : [connection];
}

function answer({ isUp, answers, complaints, tookMs }: Looked): SelfTestStep[] {
  if (!isUp || !answers) return [];
  const ms = Math.round(tookMs);
  if (complaints) return [{ ...step('reachable', 'ok', `${ms} 毫秒内应答`, 'answered', { ms }), tookMs: ms }];
  return [step('reachable', 'failed', '打印机没有应答；若它只收不答，请在设置里关掉“能回状态”', 'unanswered')];
}

function paper({ answers, complaints }: Looked): SelfTestStep {
  if (!answers) return step('paper', 'skipped', '这台打印机不回状态，请用测试页确认', 'no-status');
  if (!complaints) return { step: 'paper', result: 'skipped', detail: '没有应答，不知道有没有纸', tookMs: null };
  const found = PAPER.find((code) => complaints.has(code));
  if (found) return step('paper', found === 'paper-low' ? 'warning' : 'failed', complaints.get(found) ?? '', found);
  const error = complaints.get('printer-error');
  return error === undefined
    ? step('paper', 'ok', '有纸，盖已合上', 'paper-ok')
    : { step: 'paper', result: 'failed', detail: error, tookMs: null };
}

const step = (
  name: SelfTestStep['step'],
  result: SelfTestStep['result'],
  detail: string,
  code: Finding,
  figures: Figures = {},
): SelfTestStep => ({ ...{ step: name, result, detail, tookMs: null }, said: { code, figures } });
