import { describe, expect, test } from 'vitest';
import { decodeReply, OK_PULSE_MS } from '../../../peers/vzenith/index.ts';

const plate = (response: object): ReturnType<typeof decodeReply> =>
  decodeReply(JSON.stringify({ Response_AlarmInfoPlate: response }), 'plate');
const OPEN = { kind: 'pulse', relay: 0, ms: OK_PULSE_MS };

test('the sample reply of the vendor’s document opens and sends 18 bytes to the board', () => {
  const reply = decodeReply(
    '{"Response_AlarmInfoPlate":{"info":"ok","channelNum":0,"content":"","is_pay":"true","serialData":[{"serialChannel":0,"data":"AGT//zAKAcfrvcm30TXUqgaM","dataLen":18}],"ContinuePushOffline":{"plateid":10234,"continue":0}}}',
    'plate',
  );
  expect(reply.faults).toEqual([]);
  expect(reply.actions).toEqual([
    OPEN,
    { kind: 'serial', channel: 0, bytes: Buffer.from('0064ffff300a01c7ebbdc9b7d135d4aa068c', 'hex') },
    { kind: 'offline', plateId: 10234, more: false },
  ]);
});

describe('the relay', () => {
  test.each(['OK', 'ok ', 'no', '', 'Ok', 'okay'])('does not move on info "%s"', (info) => {
    expect(plate({ info })).toEqual({ accepted: true, actions: [], faults: [], info });
  });

  test('is number 0 unless another is named', () => {
    expect(plate({ info: 'ok' }).actions).toEqual([OPEN]);
    expect(plate({ info: 'ok', channelNum: 1 }).actions).toEqual([{ ...OPEN, relay: 1 }]);
  });

  test('does not move on a number that it has not', () => {
    const reply = plate({ info: 'ok', channelNum: 4 });
    expect(reply.actions).toEqual([]);
    expect(reply.faults).toHaveLength(1);
  });

  test('is pulsed, kept on and let go by ivs_ioctrl', () => {
    const io = (value: number) => plate({ info: 'no', ivs_ioctrl: { io: 1, value, delay: 700 } }).actions;
    expect([io(2), io(1), io(0)]).toEqual([
      [{ kind: 'pulse', relay: 1, ms: 700 }],
      [{ kind: 'switch', relay: 1, on: true }],
      [{ kind: 'switch', relay: 1, on: false }],
    ]);
    expect(plate({ ivs_ioctrl: { io: 1, value: 3, delay: 700 } }).faults).toHaveLength(1);
  });
});

describe('serial data', () => {
  const serial = (entry: object) => plate({ serialData: [entry, { serialChannel: 1, data: 'AA==', dataLen: 1 }] });
  test.each([
    [{ serialChannel: 0, data: 'AGQ', dataLen: 2 }, 'strict base64'],
    [{ serialChannel: 0, data: 'AGT/', dataLen: 4 }, 'dataLen 4, 3 bytes'],
    [{ serialChannel: 2, data: 'AGT/', dataLen: 3 }, 'serialChannel'],
    [{ serialChannel: 0, data: 'AGT/' }, 'dataLen'],
  ])('%o is a fault and stays out, the next goes', (entry, fault) => {
    const reply = serial(entry);
    expect(reply.faults).toEqual([expect.stringContaining(fault)]);
    expect(reply.actions).toEqual([{ kind: 'serial', channel: 1, bytes: Buffer.of(0) }]);
  });
});

describe('what is no answer', () => {
  test.each(['', 'ok', '[]', 'null', '{}', '{"Response_AlarmInfoPlate":"ok"}', '{"status":"ok"}'])(
    '"%s" after a plate',
    (body) => expect(decodeReply(body, 'plate')).toMatchObject({ accepted: false, actions: [] }),
  );

  test('a poll may come back empty-handed, or be told to look again', () => {
    expect(decodeReply('{"status":"ok"}', 'comet')).toEqual({ accepted: true, actions: [], faults: [], info: null });
    expect(decodeReply('{"type":"AVS_TRIGGER"}', 'comet').actions).toEqual([{ kind: 'recognise' }]);
    expect(decodeReply('{"status":"no"}', 'comet').accepted).toBe(false);
  });

  test('a misspelt member is told', () => {
    expect(plate({ info: 'ok', serialdata: [] })).toMatchObject({
      actions: [OPEN],
      faults: ['unknown member serialdata'],
    });
  });
});
