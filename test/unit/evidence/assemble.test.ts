import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { messageView, stayView } from '../../../electron/station/api/views.ts';
import { assembleEvidence } from '../../../electron/station/evidence/assemble.ts';
import { type Evidence, evidenceSchema } from '../../../shared/contract/evidence.ts';
import { shanghaiDateTime } from '../../../shared/domain/time.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { event, wholeStay } from './whole-stay.ts';

let clock: FakeClock;
let temp: TempStore;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
  wholeStay(temp, clock, 'u0');
});
afterEach(() => temp.dispose());

const lanes: Readonly<Record<string, string>> = { 'cam-out1': 'out1', 'bar-out1': 'out1', 'cam-north': 'north' };

function evidenceOf(uid: string): Evidence {
  const evidence = assembleEvidence(temp.store.read, uid, {
    clock,
    site: { code: '1001', name: '测试停车场' },
    version: '1.2.3',
    laneOfDevice: (id) => lanes[id],
    laneName: () => undefined,
    stayView,
    messageView: (row) => messageView(row, null, null),
  });
  return evidenceSchema.parse(evidence);
}

describe('the evidence of a stay', () => {
  it('holds what was seen, put right, calculated, paid and moved', () => {
    wholeStay(temp, clock, 'u1');
    wholeStay(temp, clock, 'u2');
    const evidence = evidenceOf('u1');
    expect(evidence.stay).toMatchObject({ uid: 'u1', status: 'left', paidFen: 700 });
    expect(evidence.reads.map((read) => [read.lane, read.plate.text])).toEqual([
      ['东门入口', '鲁B1234S'],
      ['东门出口', '鲁B12345'],
    ]);
    expect(evidence.reads.map((read) => read.openedByCamera)).toEqual([false, true]);
    expect(evidence.timeline.filter(({ text }) => text.includes('相机自行开闸'))).toMatchObject([
      { kind: 'plate-read' },
    ]);
    expect(evidence.photos.map((photo) => [photo.id, photo.purpose, photo.lane])).toEqual([
      ['ph-in-u1', 'entry', '东门入口'],
      ['ph-out-u1', 'exit', '东门出口'],
      ['ph-man-u1', 'manual', '东门出口'],
    ]);
    expect(evidence.corrections).toMatchObject([{ before: '鲁B1234S（蓝）', after: '鲁B12345（蓝）', actor: '小王' }]);
    expect(evidence.waiting).toMatchObject([{ reason: 'clock-reversed', lane: '东门出口' }]);
    expect(evidence.bills).toMatchObject([{ billId: 'b-u1', state: 'paid', dueFen: 700 }]);
    expect(evidence.bills[0]?.steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(700);
    expect(evidence.payments).toMatchObject([
      {
        billId: 'b-u1',
        method: 'cash',
        paidFen: 700,
        receivedFen: 1000,
        changeFen: 300,
        actor: '小王',
        reversed: false,
      },
    ]);
    expect(evidence.movements.map((move) => [move.origin, move.outcome, move.reason])).toEqual([
      ['decision', 'done', null],
      ['payment', 'unknown', null],
      ['manual', 'done', '后排乘客要求'],
    ]);
    // The clock while it was inside, its own barrier; not the camera of another lane.
    expect(evidence.around.map((line) => line.title)).toEqual(['电脑时钟被调整', '设备离线']);
    expect(evidence.around.at(-1)?.text).toContain('bar-out1');
  });

  it('is one timeline in order, and each row can be recomputed without the journal at hand', () => {
    wholeStay(temp, clock, 'u1');
    const { timeline, anchor } = evidenceOf('u1');
    expect(timeline.map((row) => row.seq)).toEqual([...timeline.map((row) => row.seq)].sort((a, b) => a - b));
    const journal = new Map(temp.store.read.journal.after(0, 1000).map((row) => [row.seq, row]));
    for (const row of timeline) {
      const own = [Date.parse(row.at), row.kind, row.key, row.laneId, row.passageId, row.actor.kind, row.actor.name];
      const recomputed = createHash('sha256')
        .update(row.previousHash)
        .update(JSON.stringify([row.seq, ...own, JSON.stringify(row.body)]))
        .digest('hex');
      expect(recomputed).toBe(journal.get(row.seq)?.hash);
      expect(row.hash).toBe(recomputed);
      expect(row.intact).toBe(true);
    }
    expect(anchor).toMatchObject({
      seq: temp.store.read.journal.last().seq,
      hash: temp.store.read.journal.last().hash,
    });
    // Every row that names the stay is there.
    const named = [...journal.values()].filter((row) => row.key === 'u1').map((row) => row.seq);
    expect(timeline.map((row) => row.seq)).toEqual(expect.arrayContaining(named));
  });

  it('takes nothing of another stay', () => {
    wholeStay(temp, clock, 'u1');
    const others = evidenceOf('u1').timeline.filter((row) => JSON.stringify(row).includes('u0'));
    expect(others).toEqual([]);
  });

  it('keeps rows of kinds that this version does not know, and says when one was edited', () => {
    wholeStay(temp, clock, 'u1');
    const target = temp.store.read.journal.list({ kind: 'passage-waiting', limit: 1 })[0];
    const [edited] = evidenceOf('u1').payments;
    temp.db.exec('DROP TRIGGER journal_is_append_only_u');
    temp.db.exec(`UPDATE journal SET kind = 'from-the-future' WHERE seq = ${target?.seq}`);
    temp.db.exec(`UPDATE journal SET actor_name = '小李' WHERE seq = ${edited?.seq}`);
    const { timeline } = evidenceOf('u1');
    const unknown = timeline.find((row) => row.seq === target?.seq);
    expect(unknown).toMatchObject({ kind: 'from-the-future', title: 'from-the-future', intact: false });
    expect(z.object({ reason: z.string() }).parse(unknown?.body).reason).toBe('clock-reversed');
    expect(timeline.filter((row) => !row.intact).map((row) => row.seq)).toEqual([target?.seq, edited?.seq]);
  });

  it('tells of the booth without power while the car was inside', () => {
    const { seq } = temp.store.write((tx) =>
      tx.record(event('station-started', { version: '1', previous: 'crashed', downMs: 60_000 })),
    );
    expect(evidenceOf('u0').timeline.map((row) => row.seq)).not.toContain(seq);
    wholeStay(temp, clock, 'u1');
    expect(evidenceOf('u1').timeline.map((row) => row.seq)).not.toContain(seq);
  });

  it('of a car still inside goes up to now', () => {
    const { stay } = z
      .object({ stay: z.object({ uid: z.string() }).loose() })
      .parse(temp.store.read.journal.list({ kind: 'vehicle-entered', key: 'u0', limit: 1 })[0]?.body);
    const inside = { ...stay, uid: 'u9', status: 'inside' };
    const spaces = { total: 1, open: 1, inside: 1, free: 0 };
    const lane = { id: 'in1', name: '东门入口', number: 1 };
    temp.store.write((tx) =>
      tx.record(event('vehicle-entered', { stay: inside, lane, booth: null, spaces, how: 'by-hand' }, { key: 'u9' })),
    );
    temp.store.write((tx) => tx.record(event('clock-jumped', { byMs: -5000 })));
    expect(evidenceOf('u9').around).toMatchObject([{ title: '电脑时钟被调整', text: '调慢 5 秒' }]);
  });

  it('is not made up for a stay that does not exist', () => {
    expect(() => evidenceOf('nobody')).toThrow('没有这条停车记录');
  });

  it('shows corrections of a stay field by field', () => {
    const stay = temp.store.read.stays.get('u0');
    if (!stay) throw new Error('no stay');
    const enteredAt = stay.enteredAt - 3_600_000;
    temp.store.write((tx) =>
      tx.record(
        event(
          'stay-corrected',
          { what: 'time', before: stay, stay: { ...stay, enteredAt }, reason: '相机时钟快一小时' },
          { key: 'u0', actor: { kind: 'user', name: '老陈' } },
        ),
      ),
    );
    expect(evidenceOf('u0').corrections.at(-1)).toMatchObject({
      before: `入场时间 ${shanghaiDateTime(stay.enteredAt)}`,
      after: `入场时间 ${shanghaiDateTime(enteredAt)}`,
      reason: '相机时钟快一小时',
      actor: '老陈',
    });
  });
});
