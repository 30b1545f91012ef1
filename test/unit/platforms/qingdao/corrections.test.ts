import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { qingdao } from '../../../../electron/station/platforms/qingdao/index.ts';
import type { JournalEvent } from '../../../../shared/domain/events.ts';
import {
  closed,
  corrected,
  deps,
  ENTERED,
  exited,
  listen,
  platformOpens,
  renamed,
  settings,
  spaces,
  stay,
} from './support.ts';

const platform = qingdao.create(settings(), deps());
const record = z.record(z.string(), z.unknown());
function only(event: JournalEvent, of = platform) {
  const drafts = of.project(event);
  expect(drafts).toHaveLength(1);
  const [draft] = drafts;
  return { ...draft, body: record.parse(draft?.body) };
}
const plate = (text: string) => ({ text, color: 'blue', kind: 'ordinary' }) as const;

describe('a corrected entry', () => {
  it('is told as the whole record that it is now, under its own uid and id', () => {
    const event = corrected({
      what: 'time',
      before: stay(),
      stay: stay({ plate: plate('鲁B77777'), enteredAt: ENTERED - 60_000 }),
      spaces,
    });
    expect(only(event)).toEqual({
      id: 'uploadModifyCarInData:1001120260302080509000:rec_in-11',
      message: 'uploadModifyCarInData',
      key: '1001120260302080509000',
      kind: 'record',
      body: {
        uid: '1001120260302080509000',
        arriveID: 'rec_in',
        operateType: 0,
        parkingCode: '1001',
        plateNo: '鲁B77777',
        plateColor: 1,
        carType: 1,
        parkingType: 1,
        gateNo: null,
        operatorCode: '01C001',
        totalBerthNum: 150,
        openBerthNum: 130,
        freeBerthNum: 70,
        entryNum: '1',
        arriveTime: '2026-03-02 08:04:09',
      },
    });
  });

  it.each([
    ['the class of the vehicle', { vehicleClass: 'large' }, { carType: 3 }],
    ['the terms', { parkingType: 'monthly' }, { parkingType: 2 }],
    ['the colour of the plate', { plate: { ...plate('鲁B01C01'), color: 'yellow' } }, { plateColor: 2 }],
  ] as const)('is told when %s changed', (_what, change, wire) => {
    expect(only(corrected({ what: 'fee', stay: stay(change) })).body).toMatchObject({ operateType: 0, ...wire });
  });

  it.each([
    ['the fee', corrected({ what: 'fee', stay: stay({ chargeFen: 500, dueFen: 500 }) })],
    ['a review', corrected({ what: 'review', stay: stay({ reviewedAt: ENTERED }) })],
    ['less than a second', corrected({ what: 'time', stay: stay({ enteredAt: ENTERED + 300 }) })],
    [
      'an exit that was withdrawn',
      corrected({ what: 'reopened', stay: stay({ status: 'inside', exitedAt: null, exitRecordId: null }) }),
    ],
    [
      'a plate at the exit, which is no change of the stay',
      renamed({ before: plate('鲁B1'), after: plate('鲁B2'), stay: null }),
    ],
    ['a plate that stays the same', renamed({ before: plate('鲁B2'), after: plate('鲁B2'), stay: stay() })],
  ])('is nothing to the city for %s', (_what, event) => {
    expect(platform.project(event)).toEqual([]);
  });

  it('is told while the car still stands at the entrance', () => {
    const event = renamed({ before: plate('鲁B1'), after: plate('鲁B2'), stay: stay({ plate: plate('鲁B2') }) });
    expect(only(event).body).toMatchObject({ operateType: 0, plateNo: '鲁B2', totalBerthNum: null });
  });

  it('is another message each time', () => {
    const first = only(corrected({ stay: stay({ plate: plate('鲁B2') }) }, 21));
    const second = only(
      corrected({ before: stay({ plate: plate('鲁B2') }), stay: stay({ plate: plate('鲁B3') }) }, 22),
    );
    expect(first.id).not.toBe(second.id);
  });

  it('sends no second exit and no second entry', () => {
    const names = [corrected({ stay: stay({ plate: plate('鲁B2') }) }), closed()].map((event) => only(event).message);
    expect(new Set(names)).toEqual(new Set(['uploadModifyCarInData']));
    expect(only(exited()).message).toBe('uploadCarOutData');
  });
});

describe('an entry that is not to be', () => {
  it('is deleted when the stay is void', () => {
    const voided = stay({ status: 'abnormal', chargeFen: 0, dueFen: 0 });
    expect(only(corrected({ what: 'void', stay: voided, spaces })).body).toMatchObject({
      operateType: 1,
      uid: voided.uid,
      plateNo: '鲁B01C01',
      arriveTime: '2026-03-02 08:05:09',
    });
  });

  it.each(['entered-again', 'turned-back', 'back-fill-withdrawn', '核对后不在场'])('is deleted after %s', (reason) => {
    expect(only(closed({ reason })).body).toMatchObject({ operateType: 1, freeBerthNum: 70 });
  });

  it.each(['entered-again', 'turned-back'])('stays where money was taken for it: %s', (reason) => {
    expect(platform.project(closed({ reason, stay: stay({ status: 'abnormal', paidFen: 100 }) }))).toEqual([]);
  });

  it('stays when the site wants it so, unless it never was', () => {
    const keeping = qingdao.create(settings({ corrections: { closedStays: 'keep' } }), deps());
    expect(keeping.project(closed({ reason: 'entered-again' }))).toEqual([]);
    expect(only(closed({ reason: 'turned-back' }), keeping).body).toMatchObject({ operateType: 1 });
  });
});

it.each([
  [{}, { arriveID: 'rec_in', arriveTime: '2026-03-02 08:05:09' }, ['arrivalID', 'arrivalTime']],
  [
    { entryRecordId: 'arrivalID', modifyArriveTime: 'arrivalTime' },
    { arrivalID: 'rec_in', arrivalTime: '2026-03-02 08:05:09' },
    ['arriveID', 'arriveTime'],
  ],
  [{ modifyArriveTime: 'both' }, { arriveTime: '2026-03-02 08:05:09', arrivalTime: '2026-03-02 08:05:09' }, []],
])(
  'leaves with fields spelled as %o, and with the spaces of now where none were counted',
  async (fields, sent, absent) => {
    const server = await listen((_request, response) => response.end('{"resultCode":200}'));
    const sender = qingdao.create(settings({ baseUrl: server.baseUrl, fields }), deps());
    try {
      const { message = '', body } = only(corrected({ stay: stay({ plate: plate('鲁B2') }) }));
      const out = { message, body, attempt: 1, maybeDelivered: false };
      expect(await sender.send(out, new AbortController().signal)).toMatchObject({ kind: 'delivered' });
      const { path, form } = server.received[0] ?? {};
      expect(path).toBe('/api/v1/cp/uploadModifyCarInData');
      const { data } = JSON.parse(platformOpens(form?.get('cipher') ?? '', form?.get('sign') ?? '').plain);
      expect(data).toMatchObject({ ...sent, totalBerthNum: 150, openBerthNum: 130, freeBerthNum: 10 });
      for (const name of absent) expect(data).not.toHaveProperty(name);
    } finally {
      await sender.stop();
      await server.close();
    }
  },
);
