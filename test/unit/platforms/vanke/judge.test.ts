import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../electron/station/platforms/vanke/answer.ts';
import { judge } from '../../../../electron/station/platforms/vanke/judge.ts';
import { settings } from './support.ts';

const SAID_YES: Answer = { kind: 'answered', code: '0', desc: '' };
const SAID_NO: Answer = { kind: 'answered', code: '1', desc: '设备不存在' };
const SILENT: Answer = { kind: 'failed', reason: 'no complete answer within 3000 ms', maybeArrived: true };
const UNREACHED: Answer = { kind: 'failed', reason: 'ECONNREFUSED', maybeArrived: false };
const HELD = 'receivePlateNumber';
const CROSSED = 'receiveCrossGate';
const ABNORMAL = 'receiveAbnormal';

describe('a push', () => {
  it.each([HELD, CROSSED, ABNORMAL])('%s answered "0" has arrived', (name) => {
    for (const attempt of [1, 5, 50])
      expect(judge(name, SAID_YES, attempt, settings())).toMatchObject({ kind: 'delivered' });
  });

  it('of a crossing answered "1" is refused, with the words of the platform, and not repeated', () => {
    expect(judge(CROSSED, SAID_NO, 1, settings())).toEqual({ kind: 'refused', reason: '1 设备不存在' });
  });

  it('of a report answered "1" is over, and holds back none of those behind it', () => {
    expect(judge(ABNORMAL, SAID_NO, 1, settings())).toEqual({ kind: 'given-up', reason: '平台拒收（1 设备不存在）' });
  });

  it('of a recognition under a held arm has arrived whatever is answered: whether it may open counts for nothing', () => {
    expect(judge(HELD, SAID_NO, 1, settings())).toEqual({ kind: 'delivered' });
  });

  it.each([HELD, CROSSED])(
    '%s without an answer is tried five times in all, a second apart, then never again',
    (name) => {
      const of = (attempt: number) => judge(name, SILENT, attempt, settings());
      for (const attempt of [1, 2, 3, 4])
        expect(of(attempt)).toMatchObject({ kind: 'retry', scope: 'message', answered: false, againInMs: 1000 });
      expect(of(5)).toEqual({ kind: 'given-up', reason: 'no complete answer within 3000 ms' });
      expect(of(6)).toMatchObject({ kind: 'given-up' });
    },
  );

  it('of a report is kept after five times, and tried again at least every minute', () => {
    const of = (attempt: number) => judge(ABNORMAL, UNREACHED, attempt, settings());
    for (const attempt of [1, 2, 3, 4]) expect(of(attempt)).toMatchObject({ kind: 'retry', againInMs: 1000 });
    for (const attempt of [5, 6, 500])
      expect(of(attempt)).toMatchObject({ kind: 'retry', answered: true, againInMs: 60_000 });
  });

  it('goes by the settings', () => {
    const chosen = settings({ push: { tries: 2, gapMs: 300 }, outbox: { maxMs: 5000 } });
    expect(judge(CROSSED, SILENT, 1, chosen)).toMatchObject({ againInMs: 300 });
    expect(judge(CROSSED, SILENT, 2, chosen)).toMatchObject({ kind: 'given-up' });
    expect(judge(ABNORMAL, SILENT, 2, chosen)).toMatchObject({ againInMs: 5000 });
  });
});
