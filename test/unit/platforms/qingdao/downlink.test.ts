import { describe, expect, it } from 'vitest';
import { QingdaoCodec } from '../../../../electron/station/platforms/qingdao/codec.ts';
import { nodeEngine } from '../../../../electron/station/platforms/qingdao/crypto.ts';
import { QingdaoDownlink } from '../../../../electron/station/platforms/qingdao/downlink.ts';
import { ConflictError } from '../../../../electron/station/runtime/errors.ts';
import { parseShanghaiDateTime } from '../../../../shared/domain/time.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import {
  context,
  MemoryStation,
  makeKey,
  noticePayload,
  platformKey,
  settings,
  storeFailure,
  userKey,
} from './support.ts';

const TOPIC = 'qdpark/v1/specialCar/234/1001';
const notice = {
  parkingCode: '1001',
  plateNo: '鲁B01001',
  carType: 1,
  operateType: 1,
  operate: 0,
  remark: '应急救援车辆',
  operateTime: '2026-03-02 08:08:08',
  startTime: '2026-03-02 08:08:08',
  endTime: '2026-12-31 23:59:59',
};

function setUp(changes: Readonly<Record<string, unknown>> = {}, station = new MemoryStation()) {
  const clock = new FakeClock();
  const chosen = settings(changes);
  const keys = { publicKey: platformKey.publicKey, privateKey: userKey.privateKey };
  const codec = new QingdaoCodec(chosen, keys, nodeEngine(keys));
  const watched: string[] = [];
  const downlink = new QingdaoDownlink(
    context({ settings: chosen, clock, commands: station }),
    codec,
    (_message, requestId) => watched.push(requestId),
  );
  const push = (id: string, at: string, body: unknown, topic = TOPIC): void =>
    downlink.receive(topic, noticePayload(id, at, body));
  const confirmed = () =>
    [...station.drafts.values()].map(({ body }) => {
      const { requestId, success, params } = Object(body);
      return { requestId, success, params: JSON.parse(params) };
    });
  return { station, clock, downlink, push, confirmed, watched };
}

describe('specialCar', () => {
  it('changes the list and queues a confirmation that goes before records and waits for nothing', () => {
    const { station, push, watched } = setUp();
    push('9007199254740993123', '2026-03-02 08:08:08', notice);
    expect(station.changes).toEqual([
      {
        platform: 'qingdao',
        operation: 'put',
        list: 'white',
        plate: '鲁B01001',
        vehicleClass: 'small',
        validFrom: parseShanghaiDateTime('2026-03-02 08:08:08'),
        validTo: parseShanghaiDateTime('2026-12-31 23:59:59'),
        remark: '应急救援车辆',
      },
    ]);
    const drafts = [...station.drafts.values()];
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({
      message: 'confirmSpecialCar',
      key: null,
      kind: 'answer',
      body: { requestId: '9007199254740993123', success: true, params: JSON.stringify(notice) },
    });
    expect(drafts[0]?.id).toContain('9007199254740993123');
    expect(watched).toEqual(['9007199254740993123']);
  });

  it.each([
    [{ operateType: 0 }, { list: 'black', operation: 'put' }],
    [
      { operateType: '0', operate: '2' },
      { list: 'black', operation: 'put' },
    ],
    [
      { operate: 1, startTime: '', endTime: null },
      { list: 'white', operation: 'remove' },
    ],
    [{ carType: 3 }, { vehicleClass: 'large' }],
    [{ carType: '9' }, { vehicleClass: null }],
    [{ carType: 'truck' }, { vehicleClass: null }],
    [{ plateNo: ' 鲁b-010·01 ' }, { plate: '鲁B01001' }],
    [{ remark: null }, { remark: '' }],
    [{ startTime: '2026-03-02', endTime: '2026-03-02' }, { validTo: parseShanghaiDateTime('2026-03-02 23:59:59') }],
    [{ parkingCode: undefined, surprise: [1] }, { plate: '鲁B01001' }],
  ])('reads %o as %o', (change, expected) => {
    const { station, push, confirmed } = setUp();
    push('1', '2026-03-02 08:08:08', { ...notice, ...change });
    expect(station.changes).toEqual([expect.objectContaining(expected)]);
    expect(confirmed()).toMatchObject([{ requestId: '1', success: true }]);
  });

  it.each([
    [{ plateNo: '' }],
    [{ plateNo: '无车牌' }],
    [{ plateNo: 'X'.repeat(17) }],
    [{ operateType: 7 }],
    [{ operate: undefined }],
    [{ startTime: 'soon' }],
    [{ endTime: '2026-01-01 00:00:00' }],
    [{ parkingCode: '2002' }],
  ])('answers failure to %o and repeats what came', (change) => {
    const { station, push, confirmed } = setUp();
    const body = { ...notice, ...change };
    push('77', '2026-03-02 08:08:08', body);
    expect(station.changes).toEqual([]);
    expect(confirmed()).toEqual([{ requestId: '77', success: false, params: JSON.parse(JSON.stringify(body)) }]);
  });

  it('answers failure when the station refuses the change', () => {
    class Refusing extends MemoryStation {
      override applyListChange(): void {
        throw new ConflictError('list-full', 'no');
      }
    }
    const { push, confirmed, station } = setUp({}, new Refusing());
    push('1', '2026-03-02 08:08:08', notice);
    expect(confirmed()).toMatchObject([{ success: false }]);
    expect(station.memory.size).toBe(0);
  });
});

describe('which notice is the newest', () => {
  const remove = { ...notice, operate: 1 };
  const operations = (station: MemoryStation) => station.changes.map(({ operation }) => operation);

  it('an older one is confirmed and does nothing', () => {
    const { station, push, confirmed } = setUp();
    push('2', '2026-03-02 09:00:00', notice);
    push('1', '2026-03-02 08:00:00', remove);
    expect(operations(station)).toEqual(['put']);
    expect(confirmed()).toMatchObject([
      { requestId: '2', success: true },
      { requestId: '1', success: true },
    ]);
  });

  it('one of the same second acts, unless it has acted', () => {
    const { station, push } = setUp();
    push('1', '2026-03-02 09:00:00', notice);
    push('2', '2026-03-02 09:00:00', remove);
    push('1', '2026-03-02 09:00:00', notice);
    expect(operations(station)).toEqual(['put', 'remove']);
  });

  it('one that the platform sends again is confirmed again, one that the broker sends again is not', () => {
    const { station, clock, push, downlink, confirmed } = setUp();
    const payload = noticePayload('1', '2026-03-02 09:00:00', notice);
    downlink.receive(TOPIC, payload);
    downlink.receive(TOPIC, payload, true);
    expect(confirmed()).toHaveLength(1);
    clock.jumpWall(5000);
    push('1', '2026-03-02 09:00:00', notice);
    expect(operations(station)).toEqual(['put']);
    expect(confirmed()).toMatchObject([
      { requestId: '1', success: true },
      { requestId: '1', success: true },
    ]);
  });

  it('each plate has a line of its own', () => {
    const { station, push } = setUp();
    push('2', '2026-03-02 09:00:00', notice);
    push('1', '2026-03-02 08:00:00', { ...notice, plateNo: '鲁B99999' });
    expect(station.changes.map(({ plate }) => plate)).toEqual(['鲁B01001', '鲁B99999']);
  });

  it('a request number that starts again after a restart of the platform is another request', () => {
    const { station, push } = setUp();
    push('1', '2026-03-02 09:00:00', notice);
    push('1', '2026-03-03 09:00:00', remove);
    expect(operations(station)).toEqual(['put', 'remove']);
    expect(station.drafts.size).toBe(2);
  });

  it('what failed leaves no mark: the corrected notice acts, although it is older', () => {
    const { station, push } = setUp();
    push('1', '2026-03-02 09:00:00', { ...notice, operateType: 5 });
    push('2', '2026-03-02 08:59:00', notice);
    expect(operations(station)).toEqual(['put']);
  });

  it('after a crash between the change and the confirmation, the repeat confirms', () => {
    class CrashingOnce extends MemoryStation {
      crashes = 1;
      override enqueue(...args: Parameters<MemoryStation['enqueue']>): void {
        if (this.crashes-- > 0) throw storeFailure('power cut');
        super.enqueue(...args);
      }
    }
    const { station, push, confirmed } = setUp({}, new CrashingOnce());
    expect(() => push('1', '2026-03-02 09:00:00', notice)).toThrow('power cut');
    push('1', '2026-03-02 09:00:00', notice);
    expect(operations(station)).toEqual(['put']);
    expect(confirmed()).toMatchObject([{ requestId: '1', success: true }]);
  });
});

describe('a notice that cannot be carried out', () => {
  /** Fails over the list, and takes everything else. */
  class Stumbling extends MemoryStation {
    readonly #error: Error;
    constructor(error: Error) {
      super();
      this.#error = error;
    }
    override applyListChange(change: Parameters<MemoryStation['applyListChange']>[0]): void {
      if (change.plate === notice.plateNo) throw this.#error;
      super.applyListChange(change);
    }
  }

  it('because of a defect is answered as failed, with an alarm, and stands in nobody’s way', () => {
    const { push, confirmed, station } = setUp({}, new Stumbling(new TypeError('limitFen: too big')));
    push('1', '2026-03-02 09:00:00', notice);
    push('2', '2026-03-02 09:00:01', { ...notice, plateNo: '鲁B09999' });
    expect(confirmed()).toMatchObject([
      { requestId: '1', success: false },
      { requestId: '2', success: true },
    ]);
    expect(station.alarms).toMatchObject([{ code: 'qingdao-notice-failed', severity: 'alarm' }]);
  });

  it('because the store fails stays with the broker, unless the store fails over this one each time', () => {
    const { downlink, confirmed, station } = setUp({}, new Stumbling(storeFailure('constraint failed')));
    const payload = noticePayload('1', '2026-03-02 09:00:00', notice);
    for (let time = 1; time <= 2; time += 1) {
      expect(() => downlink.receive(TOPIC, payload, time > 1)).toThrow('constraint failed');
      expect(confirmed()).toEqual([]);
    }
    downlink.receive(TOPIC, payload, true);
    expect(confirmed()).toMatchObject([{ requestId: '1', success: false }]);
    expect(station.alarms).toMatchObject([{ code: 'qingdao-notice-failed' }]);
  });

  it('stays with the broker for as long as nothing at all can be stored', () => {
    const { downlink, station } = setUp();
    const payload = noticePayload('1', '2026-03-02 09:00:00', notice);
    station.broken = true;
    for (let time = 1; time <= 5; time += 1)
      expect(() => downlink.receive(TOPIC, payload, time > 1)).toThrow('disk full');
    station.broken = false;
    downlink.receive(TOPIC, payload, true);
    expect(station.changes).toHaveLength(1);
  });
});

describe('what is not taken', () => {
  it('a wrong signature: dropped, never confirmed, one alarm until a good notice comes', () => {
    const { station, downlink, push } = setUp();
    const forged = noticePayload('1', '2026-03-02 09:00:00', notice, makeKey());
    for (let i = 0; i < 5; i++) downlink.receive(TOPIC, forged);
    const [alarm] = station.alarms;
    expect(station.alarms).toHaveLength(1);
    expect(alarm).toMatchObject({ code: 'qingdao-bad-signature', severity: 'alarm' });
    expect([station.changes, station.drafts.size]).toEqual([[], 0]);

    push('2', '2026-03-02 09:00:00', notice);
    expect(station.alarms.slice(1)).toMatchObject([{ code: alarm?.code, subject: alarm?.subject, cleared: true }]);
    expect(station.changes).toHaveLength(1);
  });

  it('forged ones between good ones: one alarm a minute', async () => {
    const { station, downlink, clock } = setUp();
    const forged = noticePayload('1', '2026-03-02 09:00:00', notice, makeKey());
    const good = noticePayload('2', '2026-03-02 09:00:00', notice);
    const both = (): void => {
      for (const payload of [forged, good]) downlink.receive(TOPIC, payload);
    };
    for (let i = 0; i < 4; i++) both();
    const raised = () => station.alarms.filter(({ cleared }) => cleared !== true).length;
    expect(raised()).toBe(1);
    await clock.advance(60_000);
    both();
    expect(raised()).toBe(2);
  });

  it.each([
    ['not JSON', Buffer.from('hello')],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
    ['no requestId', Buffer.from('{"timestamp":"2026-03-02 09:00:00","cipher":"QQ==","sign":"QQ=="}')],
    ['a requestId that is none', Buffer.from('{"requestId":"abc","cipher":"QQ==","sign":"QQ=="}')],
    ['no cipher', Buffer.from('{"requestId":1}')],
    ['far too long', Buffer.alloc(70_000, '{')],
  ])('an envelope that is %s', (_what, payload) => {
    const { station, downlink } = setUp();
    downlink.receive(TOPIC, payload);
    expect(station.alarms).toHaveLength(1);
    expect(station.drafts.size).toBe(0);
  });

  it('topics of other interfaces and of other protocols', () => {
    const { station, push } = setUp();
    for (const topic of ['qdpark/v1/holidaySet/234/1001', 'hzcity/v2/specialCar/234/1001', 'qdpark/v1'])
      push('1', '2026-03-02 09:00:00', notice, topic);
    expect([station.changes, station.drafts.size, station.alarms]).toEqual([[], 0, []]);
  });

  it("another car park of the same operator: neither acted on nor confirmed, for it is that car park's to answer", () => {
    const { station, push } = setUp({ mqtt: { url: 'mqtt://h', scope: 'platform' } });
    push('1', '2026-03-02 09:00:00', { ...notice, parkingCode: '2002' }, 'qdpark/v1/specialCar/234/2002');
    expect([station.changes, station.drafts.size]).toEqual([[], 0]);
    push('2', '2026-03-02 09:00:00', notice);
    expect(station.changes).toHaveLength(1);
  });
});

describe('tolerance', () => {
  it('takes topics with a slash before them, and requestID', () => {
    const { station, downlink } = setUp();
    const payload = noticePayload('"00012"', '2026-03-02 09:00:00', notice)
      .toString()
      .replace('requestId', 'requestID');
    downlink.receive(`/${TOPIC}`, Buffer.from(payload));
    expect([...station.drafts.values()][0]?.body).toMatchObject({ requestId: '12' });
  });

  it('orders by the time of the operation when the envelope has none', () => {
    const { station, push } = setUp();
    push('1', '', notice);
    push('2', '', { ...notice, operate: 1, operateTime: '2026-03-02 08:00:00' });
    expect(station.changes.map(({ operation }) => operation)).toEqual(['put']);
  });
});
